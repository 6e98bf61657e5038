// Says how old the page in front of the reader is: a page from a cache is older than its request.
const built = Date.parse(document.querySelector('footer.build').dataset.builtAt);
const age = document.getElementById('page-age');

function showAge() {
  age.textContent = Math.max(0, Math.round((Date.now() - built) / 1000));
}

showAge();
setInterval(showAge, 1000);
