// Says how old the page in front of the reader is: a page from a cache is older than its request.
const built = Date.parse(document.querySelector('footer.build').dataset.builtAt);
const age = document.getElementById('page-age');
const language = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: 'auto' });

function showAge() {
  const seconds = Math.max(0, Math.round((Date.now() - built) / 1000));
  age.textContent = seconds < 120 ? language.format(-seconds, 'second') : language.format(-Math.round(seconds / 60), 'minute');
}

showAge();
setInterval(showAge, 1000);
