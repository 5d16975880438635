"""What is refused of a text to clients, and what is not: words of our own, as people write them on status pages."""

import pytest

from stanch.core.client_check import BLANK, Unfit, fit_for_clients, objection

PEOPLE = frozenset({"jordan", "alex", "morgan", "sam", "kim"})

FINE = (
    "We have a problem with checkout. Next update at 14:30 UTC.",
    "Checkout is failing for some of you. We will write again by 2:30 pm.",
    "Logins are slow. More in 30 minutes.",
    "We see errors on the payments page and are looking into it. We will update you within the hour.",
    "Exports are delayed; none is lost. Next update: 15:00 CET.",
    "Investigating: some requests to our API time out. Updates every 30 minutes.",
    "Nothing new yet, we are still on it. Next update around noon.",
    "We are still looking for the cause. You hear from us in half an hour.",
    "The provider of our e-mails has an outage. We will post again tomorrow morning.",
    "Search returns old results. Next update on 2026-11-21.",
    "A fix is being tested. We expect to release it by 4 pm and will write then.",
    "Invoices come late today. We expect them by the afternoon, and write again by 11:30 UTC.",
    "We have gone back to the version of yesterday. Next update 09:15.",
    "Uploads larger than 100 MB fail. Workaround: split the file. Next word by end of day.",
    "Since 09:40 UTC logins fail with error 503. Next update at 10:15 UTC.",
    "Update 3: 60 % of requests work again. Next update in 1 hour.",
    "[Update] Checkout is down. Next update by 16:00 UTC.",
    "[Identified] The cause is a full disk in our database. More within 45 minutes.",
    "Checkout is slow (2.5 s instead of 0.3 s). We will let you know by 17:00 at the latest.",
    "Our hosting provider reports a power failure in one data centre. Next update: 18:30 UTC / 10:30 PST.",
    "Customers in the EU region cannot log in. We will share more by 20 November.",
    "We are restoring from last night's backup. It takes until tonight; next update at 9 o'clock.",
    "Our app version 4.2.1 crashes at the start. Please stay on 4.2.0. Next update on Monday.",
    "Some of you see the message \u201cError: session expired\u201d. We will write again at 3pm.",
    "Mark your invoices as paid by hand for now. Next update by 13:00.",
    "You may see the page /settings load slowly. Next update at 12:45.",
    "Payments by card fail; payments by invoice work. See https://status.example.com/incidents/42. Next update 11:00.",
    "Use api.example.com/v2 meanwhile. More in 20 min.",
    "Add 203.0.113.7 to your allow-list for now. More by midday.",
    "If you run Node.js or Next.js, please update our SDK to 10.2.3.1. Next update by Friday.",
    "Please update to release 10.20.30.40. Next word in two hours.",
    "The issue is caused by a certificate that ran out. Next update in 15-30 minutes.",
    "The problem is due to a change in our firewall. We hear from our provider by 14h30.",
    "The delay is due to Hurricane Ian at one of our sites. Next update: tomorrow.",
    "Because of a failure at Morgan Stanley transfers are late. Next update tomorrow.",
    "Our engineers are working on it. Sam from support answers your mails. Next update at 10:00.",
    "Thanks to everybody who wrote to us. Next update in an hour.",
    "A database ran out of disk space. We are adding more. Next update at 08:00 UTC.",
    "Our web servers are overloaded. We are adding capacity. More at 8am.",
    "API v2 is down. API v1 works. Next update at 15:45.",
    "Webhook events are up to 30 minutes late. We will write at 16:20.",
    "Nightly exports failed. They run again tonight, and we tell you tomorrow whether they arrived.",
    "Two-factor codes by SMS do not arrive. Use the app. Next update within 60 minutes.",
    "Checkout works again. We keep watching it.",
    "The problem has been resolved. We are sorry for the trouble.",
    "Resolved: logins work for everybody.",
    "All systems are back to normal.",
    "Payments have been restored. A report follows.",
    "This is fixed since 12:10.",
    "Wir haben eine St\u00f6rung bei der Bezahlung. N\u00e4chste Meldung um 14:30 Uhr.",
    "Die Anmeldung ist gest\u00f6rt. Wir arbeiten daran und melden uns in 30 Minuten wieder.",
    "Exporte verz\u00f6gern sich. Die n\u00e4chste Nachricht kommt morgen fr\u00fch.",
    "Die St\u00f6rung ist behoben.",
    "Le paiement est en panne. Prochaine information \u00e0 14h30.",
    "La connexion est lente. Nous revenons vers vous dans une heure.",
    "El pago no funciona. Pr\u00f3xima actualizaci\u00f3n en 30 minutos.",
    "No se puede iniciar sesi\u00f3n. Escribimos de nuevo a las 15:00.",
    "O pagamento n\u00e3o funciona. Pr\u00f3xima atualiza\u00e7\u00e3o \u00e0s 14h.",
    "Il pagamento non funziona. Prossimo aggiornamento tra 30 minuti.",
    "Betalen lukt niet. Volgende update om 14.30 uur.",
    "Betalningar fungerar inte. N\u00e4sta uppdatering kl. 14.30.",
    "P\u0142atno\u015bci nie dzia\u0142aj\u0105. Nast\u0119pna informacja o 14:30.",
    "\u041e\u043f\u043b\u0430\u0442\u0430 \u043d\u0435 \u0440\u0430\u0431\u043e\u0442\u0430\u0435\u0442. "
    "\u0421\u043b\u0435\u0434\u0443\u044e\u0449\u0435\u0435 \u0441\u043e\u043e\u0431\u0449\u0435\u043d"
    "\u0438\u0435 \u0447\u0435\u0440\u0435\u0437 30 \u043c\u0438\u043d\u0443\u0442.",
    "\u6c7a\u6e08\u306b\u969c\u5bb3\u304c\u767a\u751f\u3057\u3066\u3044\u307e\u3059\u3002\u6b21\u306e"
    "\u304a\u77e5\u3089\u305b\u306f14\u664230\u5206\u3067\u3059\u3002",
    "\u652f\u4ed8\u51fa\u73b0\u6545\u969c\uff0c\u6211\u4eec\u5c06\u572830\u5206\u949f\u540e\u66f4\u65b0\u3002",
    "Maksaminen ei onnistu. Kerromme lis\u00e4\u00e4 puolen tunnin kuluttua, pahoittelemme h\u00e4iri"
    "\u00f6t\u00e4 palvelussamme.",
)
"""What is to be sent while it burns, with the time of the next word in it, or the news that it is over."""

INSIDE = {
    Unfit.BLANK: (
        "We have a problem: [\u2026 what does not work, as your clients see it]. Next update at 14:30.",
        "Until then, this helps: [... what they can do]. More at noon.",
        "The issue with [feature] is being looked at. Next update at 14:30.",
        "We expect to deploy a fix by [time].",
        "We have found the cause: [brief, non-technical explanation]. More in an hour.",
        "We will write again within [30 minutes / 1 hour].",
        "What happened: [what went wrong, in a sentence]. Next update at 9:00.",
        "Next update at [HH:MM].",
        "Affected: [which customers]. Next update at 9:00.",
        "The cause is [TBD]. Next update at 9:00.",
        "It is [if known, the cause]. Next update at 9:00.",
    ),
    Unfit.TRACE: (
        "It fails with Traceback (most recent call last). More at 14:30.",
        'We see this:\n  File "cart.py", line 12, in total\nMore at 14:30.',
        "Checkout fails with a NullPointerException. More at 14:30.",
        "The log says TypeError: total is not a function. More at 14:30.",
        "java.lang.IllegalStateException in the basket. More at 14:30.",
        "We see:\n    at Cart.total (cart.js:12:3)\nMore at 14:30.",
        "We see:\n\tat com.shop.Cart.total(Cart.java:88)\nMore at 14:30.",
        "Caused by: com.shop.CartException\nMore at 14:30.",
        "goroutine 12 [running] and so on. More at 14:30.",
        "panic: index out of range\nMore at 14:30.",
        "The worker died with SIGSEGV. More at 14:30.",
        "psycopg2.OperationalError when paying. More at 14:30.",
        "The database answers SQLSTATE 40P01. More at 14:30.",
        "connect ECONNREFUSED when paying. More at 14:30.",
        "The job exited with code 137. More at 14:30.",
        "Oracle says ORA-00942. More at 14:30.",
    ),
    Unfit.MACHINE: (
        "db-7 is down. More at 14:30.",
        "The primary prod-db-1 has no disk left. More at 14:30.",
        "We restart web-03. More at 14:30.",
        "10.2.3.4 does not answer. More at 14:30.",
        "No route to 192.168.10.20. More at 14:30.",
        "The cart service at cart.internal does not answer. More at 14:30.",
        "redis.prod.svc.cluster.local is full. More at 14:30.",
        "See https://grafana.shop.example/d/checkout. More at 14:30.",
        "checkout-7d9f8b6c5d-x2x9z keeps restarting. More at 14:30.",
        "ip-10-0-12-7 is lost. More at 14:30.",
        "i-0abcd1234ef567890 is lost. More at 14:30.",
        "shop.abc123xyz.eu-west-1.rds.amazonaws.com is slow. More at 14:30.",
        "redis:6379 refuses connections. More at 14:30.",
        "It works on localhost. More at 14:30.",
        "/var/log/nginx/error.log is full. More at 14:30.",
        "The mistake is in services/checkout/basket.py. More at 14:30.",
        "See cart.py:88. More at 14:30.",
        "C:\\inetpub\\logs is full. More at 14:30.",
        "\\\\fileserver\\exports is full. More at 14:30.",
        "fd12:3456:789a::1 does not answer. More at 14:30.",
        "kafka-2 lost its disk. More at 14:30.",
        "prod-eu-web-a is slow. More at 14:30.",
    ),
    Unfit.BLAME: (
        "This was caused by Jordan. More at 14:30.",
        "This was caused by jordan's change. More at 14:30.",
        "It is due to @kim. More at 14:30.",
        "The outage was triggered by Sam deploying late. More at 14:30.",
        "Alex broke the checkout. More at 14:30.",
        "Alex's change broke the checkout. More at 14:30.",
        "Because of Morgan's mistake invoices are wrong. More at 14:30.",
        "Morgan's typo stopped payments. More at 14:30.",
        "Jordan accidentally deleted the table. More at 14:30.",
        "Robin is new. Peter forgot to renew the certificate. More at 14:30.",
        "The on-call engineer failed to follow the runbook. More at 14:30.",
        "It was human error. More at 14:30.",
        "@alex pushed a broken configuration. More at 14:30.",
        "It was introduced by sam. More at 14:30.",
        "Maria misconfigured the firewall. More at 14:30.",
        "The tables were deleted by Thomas. More at 14:30.",
        "Die St\u00f6rung wurde verursacht durch Alex. Mehr um 14:30 Uhr.",
        "C'est arriv\u00e9 \u00e0 cause de Pierre. Suite \u00e0 14h30.",
    ),
}
"""What is never sent unread, although it says when they hear more."""

UNTIMED = (
    "Checkout fails. We are working on it.",
    "We are on it.",
    "Logins are slow at the moment, and our team is looking into it.",
    "Since 14:05 UTC payments fail.",
    "Payments failed for 30 minutes.",
    "It began at 14:05.",
    "Exports stopped 20 minutes ago.",
    "We will keep you posted.",
    "Next update soon.",
    "Next update to follow.",
    "Next update when we know more.",
    "We will update you shortly.",
    "We will write as soon as we know more.",
    "We have found the cause and are working on a fix.",
    "We have gone back to version 1.4.1.",
    "About 60 % of requests fail.",
    "A fix is on its way.",
    "No data is lost.",
    "It is not resolved yet.",
    "We will write once it is resolved.",
    "Wir arbeiten an der L\u00f6sung und halten Sie auf dem Laufenden.",
    "Seit 14:05 ist die Bezahlung gest\u00f6rt.",
    "Nous travaillons sur le probl\u00e8me, nous vous tenons au courant.",
    "Estamos trabajando en el problema.",
)


@pytest.mark.parametrize("text", FINE)
def test_what_clients_should_hear_is_sent(text: str) -> None:
    """Plain words with a time in any way that people write one, or the news that it is over."""
    assert objection(text, PEOPLE, wants_time=True) is None


@pytest.mark.parametrize(("why", "text"), [(why, text) for why, texts in INSIDE.items() for text in texts])
def test_what_is_only_ours_is_not_sent(why: Unfit, text: str) -> None:
    """Whatever state the incident is in, and with the words that it is about."""
    found = objection(text, PEOPLE)
    assert found is not None
    assert (found.why, bool(found.words)) == (why, True)


@pytest.mark.parametrize("text", UNTIMED)
def test_a_word_without_the_time_of_the_next_is_not_sent(text: str) -> None:
    """While it burns; later nobody asks for one."""
    found = objection(text, PEOPLE, wants_time=True)
    assert found is not None
    assert found.why is Unfit.NO_TIME
    assert objection(text, PEOPLE) is None


def test_the_tables_are_large_enough_to_mean_something() -> None:
    """Sixty cases each way at least."""
    assert len(set(FINE)) >= 60
    assert len({text for texts in INSIDE.values() for text in texts} | set(UNTIMED)) >= 60


@pytest.mark.parametrize(
    "text", ["[resolved] All is well.", "[1] see below", "[ ] done", "[status page](https://x.example)"]
)
def test_what_stands_in_brackets_and_is_no_blank_stays(text: str) -> None:
    """A heading, a footnote, a box, a link."""
    assert not BLANK.search(text)


@pytest.mark.parametrize(
    "text", ["Ask Peter", "Peter pays", "**bold**", "a <b>", "`x`", "[x]", "db-7", "a | b", "&lt;"]
)
def test_what_a_draft_does_not_repeat(text: str) -> None:
    """Whoever is named, markup, and all that is only ours: there the draft leaves a gap."""
    assert not fit_for_clients(text, PEOPLE)


def test_look_alike_letters_are_read_as_what_they_look_like() -> None:
    """Full-width digits and letters say the same."""
    assert objection("\uff11\uff10.2.3.4 is down", PEOPLE) is not None
    assert objection("More at \uff11\uff14:30", PEOPLE, wants_time=True) is None
