package io.pagecache.standalone.serve;

import java.io.PrintStream;

/** Where people read what happens: news on standard output, mistakes on standard error. */
public record Console(PrintStream out, PrintStream err) {
    public void say(String line) {
        out.println(line);
        out.flush();
    }

    public void complain(String line) {
        err.println(line);
        err.flush();
    }
}
