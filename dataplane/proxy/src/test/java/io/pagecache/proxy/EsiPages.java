package io.pagecache.proxy;

import io.pagecache.plan.Behaviour;
import io.pagecache.proxy.actors.SamplePlan;
import io.pagecache.proxy.actors.Stage;

/** Plans and pages of the tests of ESI. */
final class EsiPages {
    static final String HTML = "text/html; charset=utf-8";
    static final String ASKS = "content=\"ESI/1.0\"";

    private EsiPages() {}

    static SamplePlan surrogate() {
        SamplePlan plan = SamplePlan.plan();
        plan.esi = Behaviour.Esi.SURROGATE;
        return plan;
    }

    static SamplePlan on() {
        SamplePlan plan = SamplePlan.plan();
        plan.esi = Behaviour.Esi.ON;
        return plan;
    }

    static void page(Stage stage, String path, String body, String... fields) {
        String[] all = new String[fields.length + 4];
        System.arraycopy(fields, 0, all, 0, fields.length);
        all[fields.length] = "Content-Type";
        all[fields.length + 1] = HTML;
        all[fields.length + 2] = "Surrogate-Control";
        all[fields.length + 3] = ASKS;
        stage.origin.answers(path, body, all);
    }

    static double counted(Stage stage, String meter, String tag, String value) {
        return stage.proxy.meters.get(meter).tag(tag, value).counter().count();
    }

    static double absent(Stage stage, String reason) {
        return counted(stage, "pagecache.esi.fragments.absent", "reason", reason);
    }
}
