"""Words by which a reader tells what a line is: lists of them, and nothing else."""


def _words(written: str) -> list[str]:
    return written.split()


VERBS = frozenset(
    _words(
        """
        add adding adjust adopt alert allow apply assess assign audit automate avoid backport become
        benchmark better block bring build bump buy cap centralise centralize change check clarify clean
        collect communicate complete conduct configure confirm consider contact convert coordinate cover
        create creating debug decide decouple define delete deploy deprecate design detect determine
        develop disable disconnect discuss document documenting drain drop educate eliminating enable
        enabling encourage encrypt enforce engage enhance ensure escalate establish evaluate examine
        exclude expand expire explore expose extend file find finish fix fixing follow formalise
        formalize get give grant handle harden hardening have identify implement implementing improve
        improving include increase increasing inform install integrate introduce introducing investigate
        investigating isolate join keep launch limit look lower maintain make mandate measure merge
        migrate minimise minimize mirror mitigate monitor more move moving must need notify offer
        optimise optimize organise organize parse patch perform persist pin plan policy post prepare
        prevent prioritise prioritize produce promote propose protect provide prune publish purge push
        put raise rate re-enable re-evaluate rebalance rebuild reconsider record recover redesign
        redirect reduce reducing refactor refine reinforce relax release remediate remind remove rename
        renew replace replicate report reproduce require research resize resolve restore restrict retire
        retry revert review reviewing revisit revoke rework rewrite roll rotate route run sanitise
        sanitize scale scan schedule script secure seek send separate serve set set-up setup share ship
        shorten should shut simplify simulate solve split spread stabilize standardise standardize start
        stop store streamline strengthen stricter support surface switch sync synchronise take teach
        tell test think throttle tighten track train transfer treat trigger trim try tune turn unblock
        understand unify unpin update updating upgrade upskill use validate verify warn work wrap write
        writing
        """
    )
)
"""With which people begin what is to be done."""

NOBODY = frozenset(
    _words(
        """
        - -- ? @handle @name @owner @user @username @who anyone assignee définir handle keiner login
        n/a na name nobody none offen open owner pendiente person somebody someone tba tbc tbd
        team-name todo unassigned unknown user username vacante who x your-name à 未定
        """
    )
)
"""What stands where an owner is still to be found."""

NO_NAMES = frozenset(
    _words(
        """
        action again api aws azure backend blocked bug cd cet ci closed complete completed critical
        datadog deferred detect detection devops doc docs documentation done done! draft dropped due
        est fixed frontend gcp github gitlab gmt grafana h1 h2 high infra infrastructure issue jira
        kubernetes link link] linux long long-term longer-term low maybe medium merged mitigate
        mitigation monitoring n/a new nice-to-have no note notes ongoing open optional owner p0 p1
        p2 p3 p4 pagerduty partial partially pending planned pr prevent prevention priority process
        prometheus pst q1 q2 q3 q4 related repair resolved security see sentry short short-term
        slack sre stretch tbd terraform testing ticket todo ui urgent utc ux wip yes
        """
    )
)
"""What stands in brackets at the end of an item and is no name."""

NO_SUBJECTS = frozenset(
    _words(
        """
        ability able access add agree ask begin commit continue decide due going how it move need
        needs next plan reach remember speak start subject switch talk that these they this those
        try want we work
        """
    )
)
"""What stands before `to` and is nobody: `Need to …`."""
