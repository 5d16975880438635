"""What means the same when something breaks: field knowledge that a runbook and a tired person put in different words.

Each idea has the words and phrases by which it is known, in English and, where users write them, in German, Spanish and
French. An idea only links: it counts for a runbook whose own text has it. So the table knows no runbook by name, and
serves the runbooks that a team writes itself.
"""

from collections.abc import Mapping

IDEAS: Mapping[str, str] = {
    "certificate": (
        "certificate, cert, certs, tls, ssl, x509, openssl, acme, certbot, cert manager, letsencrypt, lets "
        "encrypt, handshake, not after, not secure, not private, insecure, secure connection, unknown authority, "
        "self signed, local issuer, pkix, date invalid, err cert, privacy error, zertifikat, sichere verbindung, "
        "nicht sicher, nicht privat, unsicher, certificado, no es segura, conexion segura, no es privada, "
        "certificat, pas securisee, pas privee"
    ),
    "database": (
        "database, databases, db, postgres, postgresql, psql, psycopg, pg, mysql, mysqld, mariadb, innodb, rds, "
        "aurora, mongodb, mongo, sql, jdbc, datenbank, base de datos, base de donnees"
    ),
    "connections used up": (
        "too many clients, too many connections, too many open connections, connection slots, max connections, max "
        "client conn, max user connections, connection pool, pool exhausted, pool is exhausted, pool is full, pool "
        "timeout, queue pool, hikari, pgbouncer, idle in transaction, no more connections, out of connections, "
        "connection limit, connections high, connections at, connection leak, connection from the pool, free "
        "connection, acquire a connection, acquiring a connection, acquire connection, acquiring connection, "
        "timeout acquiring, obtain jdbc connection, pool size, pool limit, zu viele verbindungen, keine freie "
        "verbindung, demasiadas conexiones, trop de connexions"
    ),
    "unreachable": (
        "connection refused, refused, econnrefused, unreachable, not reachable, could not connect, cannot connect, "
        "can not connect, can t connect, unable to connect, no route to host, does not answer, server closed the "
        "connection, lost connection, gone away, link failure, nothing can connect, shutting down, starting up, "
        "recovery mode, not running, not accepting connections, nicht erreichbar, no responde, injoignable"
    ),
    "failover": (
        "failover, fail over, failing over, failed over, switchover, read only, readonly, primary, standby, "
        "replica, replication, multi az, split brain, not master, not primary, new writer"
    ),
    "slow": (
        "slow, slowly, slower, slowness, slow query, latency, p95, p99, percentile, apdex, sluggish, laggy, "
        "crawls, crawling, unresponsive, freezes, takes seconds, takes minutes, takes forever, takes ages, takes "
        "so long, takes very long, seconds to load, response time, load time, request duration, spinner, spinning, "
        "sec to, seconds to, minutes to, performance, langsam, dauert, lahm, ladt ewig, ladezeit, lento, lenta, "
        "lentitud, tarda, lent, lente, lenteur, rame"
    ),
    "timeout": (
        "timeout, timed out, time out, deadline exceeded, 504, zeituberschreitung, hangs, hang, delai depasse, "
        "tiempo de espera"
    ),
    "server error": (
        "5xx, 500, 502, 503, error rate, internal server error, bad gateway, exception, traceback, stack trace, "
        "unhandled, panic, segfault, type error, attribute error, key error, value error, null pointer, none type, "
        "cannot read properties, error spike, sentry, new issue, first seen, oops, error budget, interner fehler, "
        "error interno, erreur interne"
    ),
    "release": (
        "deploy, deployed, deployment, deploys, release, released, releases, rollout, rolled out, ship, shipped, "
        "version, new version, upgrade, upgraded, went live, went out, published, publish, new build, since the "
        "update, hotfix, tag, neue version, seit dem update, ausgerollt, despliegue, desplegado, desplegamos, "
        "nueva version, actualizacion, mise en production, deploiement, nouvelle version, mise a jour"
    ),
    "roll back": (
        "roll back, rollback, rolled back, revert, go back, going back, went back, version before, revision "
        "before, previous version, previous revision, previous one, previous deployment, previous release, old "
        "version, put back, last good, last working, old image, old tag, previous tag, previous image, undo, "
        "zuruckrollen, vorherige version, alte version, version anterior, revertir, volver atras, version "
        "precedente, revenir, retour arriere"
    ),
    "kubernetes": (
        "kubernetes, k8s, kubectl, kube, pod, pods, helm, chart, argo, argocd, kustomize, replica set, replicaset, "
        "replicas, namespace, crash loop, crash looping, crashloop, crashloopbackoff, image pull, "
        "imagepullbackoff, err image pull, container config error, readiness, liveness, progress deadline, "
        "statefulset, stateful set, daemonset, ingress, configmap, config map, eks, gke, aks, openshift"
    ),
    "container": (
        "container, containers, docker, dockerfile, compose, podman, swarm, image, images, image tag, wrong tag, "
        "new tag, old tag, exec format error, restart loop, keeps restarting, exited with code, exits with code, "
        "manifest unknown, entrypoint, unhealthy, healthcheck, contenedor, conteneur"
    ),
    "function": (
        "lambda, serverless, cloud function, azure function, edge function, function, functions, edge worker, "
        "cloudflare worker, wrangler, alias, invocation, invocations, cold start, provisioned concurrency, runtime "
        "import module error, runtime exited, task timed out, worker threw, sls deploy, cloud run"
    ),
    "front end": (
        "front end, frontend, hosted, hosting, static site, static, landing page, homepage, browser, css, "
        "stylesheet, unstyled, chunk, chunks, hydration, bundle, blank, blank page, blank screen, white page, "
        "white screen, vercel, netlify, cloudflare pages, github pages, javascript, marketing site, website, www, "
        "webseite, weisse seite, leere seite, pagina en blanco, pantalla en blanco, page blanche, ecran blanc, "
        "storefront"
    ),
    "migration": (
        "migration, migrations, migrate, migrated, schema, schema change, alter table, alembic, flyway, liquibase, "
        "prisma, does not exist, unknown column, no such column, no such table, undefined column, missing column, "
        "column missing, lock timeout, lock wait, add column, drop column, dropped column, rename column, null "
        "values, not null, null constraint, foreign key, create index, ddl, backfill, constraint, migracion, "
        "schemaanderung"
    ),
    "flag": (
        "flag, flags, toggle, toggled, feature flag, feature switch, feature gate, switched on, switched off, "
        "turned on, turned off, turn on, turn off, switch off, switch it off, turn it off, flip, flipped, "
        "experiment, experiments, beta, a b test, launchdarkly, unleash, rolled out to, of users, variant, "
        "enabled, put everybody back, early access, eingeschaltet, ausschalten, aktiviert, freigeschaltet, "
        "activado, activamos, desactivar, activee, desactiver"
    ),
    "queue": (
        "queue, queues, backlog, job, jobs, enqueued, sidekiq, celery, resque, bullmq, rabbitmq, amqp, kafka, sqs, "
        "pubsub, consumer, consumers, consumer lag, dead letter, hours late, hours behind, arrive late, come late, "
        "too late, delayed, workers, oldest job, messages ready, unacked, not sent, not delivered, warteschlange, "
        "verspatet, kommen nicht an, llegan tarde, cola, en retard, file d attente"
    ),
    "full": (
        "no space left, no space, enospc, disk, disks, disk full, disk pressure, inode, inodes, filesystem, volume "
        "full, storage full, almost out of space, out of space, out of disk, wal, festplatte, platte voll, "
        "speicherplatz, speicher voll, disco, sin espacio, disque, plus d espace"
    ),
    "memory": (
        "oom, oom killed, oomkilled, out of memory, memory, heap, heap space, swap, 137, memory leak, allocate "
        "memory, killed process, sigkill, ram, arbeitsspeicher, memoria, memoire"
    ),
    "payment": (
        "payment, payments, pay, pays, paid, paying, card, cards, credit card, checkout, charge, charges, charged, "
        "declined, stripe, paypal, adyen, mollie, klarna, 3ds, refund, merchant, billing, money, purchase, buy, "
        "bezahlvorgang, zahlung, zahlungen, zahlen, bezahlen, kreditkarte, kasse, pago, pagos, pagar, cobrar, "
        "cobro, tarjeta, comprar, paiement, paiements, payer, carte bancaire, acheter"
    ),
    "sign in": (
        "login, logins, log in, logs in, logged in, logging in, log me in, log out, logged out, locked out, sign "
        "in, signin, signing in, signed in, sign on, get in, logon, password, passwords, sso, saml, oidc, oauth, "
        "session, sessions, cookie, two factor, 2fa, mfa, magic link, authenticate, authentication, auth, "
        "unauthorized, 401, invalid state, redirect uri, redirect loop, identity provider, idp, keycloak, auth0, "
        "okta, jwt, jwks, csrf, anmelden, anmeldung, einloggen, passwort, sitzung, iniciar sesion, sesion, "
        "contrasena, mot de passe, se connecter, connecter, identifiants"
    ),
    "secret": (
        "secret, secrets, key, keys, api key, token, tokens, password, credential, credentials, private key, "
        "access key, service account, bearer, env file, zugangsdaten, schlussel, geheimnis, clave, credenciales, "
        "jeton, cle"
    ),
    "exposed": (
        "leak, leaked, leaks, exposed, public repo, public repository, committed, commit, pushed, git history, "
        "gist, pasted, screenshot, in the logs, log line, secret scanning, gitleaks, misuse, abused, stolen, "
        "compromised, spam, visible to, offentlich, geleakt, filtrado, publico, expose, fuite"
    ),
    "wrong data": (
        "corruption, corrupt, corrupted, wrong data, wrong values, wrong amount, wrong amounts, wrong totals, data "
        "loss, rows, duplicate, duplicates, duplicated, doubled, twice, other customers, other people, another "
        "customer, wrong customer, somebody else, someone else, belongs to, belong to, inconsistent, overwritten, "
        "mixed up, shifted, missing data, disappeared, vanished, deleted, mismatch, do not match, don t match, do "
        "not add up, don t add up, do not agree, orphaned, garbled, negative, bulk edit, bulk update, import, "
        "backup, where clause, doppelt, vermischt, falsche, verschwunden, fremde, duplicado, duplicados, datos, "
        "otros clientes, doublons, mauvaises, disparu, lost"
    ),
    "provider": (
        "provider, providers, vendor, third party, third parties, supplier, their api, their side, their end, "
        "their status, their servers, status page, statuspage, external service, external api, partner, carrier, "
        "gateway, major outage, degraded, outage, rate limit, rate limited, too many requests, 429, they confirm, "
        "they confirmed, integration, webhooks missing, anbieter, dienstleister, storung, proveedor, fournisseur, "
        "prestataire, panne"
    ),
    "pipeline": (
        "pipeline, pipelines, ci, github actions, runner, runners, workflow, jenkins, gitlab, circleci, buildkite, "
        "build fails, build failed, npm install, docker push, can not deploy, cannot deploy, can t deploy, can t "
        "ship, cant ship, cannot ship, can t release, cannot release, unable to deploy, deploy stuck, deploy "
        "hangs, deploy fails, deploy failed, deploy job, release job, release blocked, terraform, state lock, "
        "registry, artifact, push step, permission denied, merged, merges, goes live, reach production, to prod, "
        "doesn t get out, waiting for a runner, approval"
    ),
    "harmless": (
        "typo, typos, spelling, misspelled, grammar, wording, translation, font, fonts, colour, color, colours, "
        "pixel, pixels, alignment, aligned, margin, ugly, looks odd, cosmetic, logo, icon, dark mode, feature "
        "request, would be nice, would like, nice to have, can you add, could you add, please add, is it possible, "
        "how do i, how can i, where do i, question about, wifi, wlan, printer, laptop, headset, office, meeting "
        "room, phishing, newsletter, survey, tippfehler, schreibfehler, schriftart, farbe, drucker, buro, wunsch, "
        "konnten sie, ist es moglich, errata, oficina, impresora, nos gustaria, seria posible, faute de frappe, "
        "bureau, imprimante, serait il possible, couleur"
    ),
}
"""Known words and phrases, by the idea that they stand for."""

HARMLESS = "harmless"
"""The idea that stands for no runbook: what is wished for, asked or merely ugly has to fit better."""

EMPTY = (
    "a about after again all also an and any are as at be been before but by can could do does for from get "
    "had has have he her his how i if in into is it its just let like may me more most my no nobody not now of "
    "off on one only or our out over own she should since so some still than that the their them then there "
    "these they this those to too under until up us very was we well were what when where which while who why "
    "will with would you your ever every each am auch auf aus bei bin da das dem den der des die ein eine "
    "einen er es fur haben hat ich ihr im ist kann kein man mit nach nicht noch nur oder sehr sich sie sind "
    "uber um und uns von vor war wenn wie wir wird zu zum zur al como con cuando de del el ella en esta este "
    "hay la las lo los mas mi muy nos o para pero por que se si sin su sus un una y ya au aux avec ce ces dans "
    "du elle est et il ils je le les leur ma mais mes ne notre nous ou par pas plus pour qu qui sa ses son "
    "sont sur tout tres une vos votre vous"
)
"""Words that say nothing of what broke."""

DENIALS = frozenset(("no", "not", "without", "kein", "keine", "keinen", "sin", "aucun", "aucune"))
DENIED = frozenset(("release", "server error", "flag", "migration"))
"""Ideas that a denial takes back ("no deploy since Tuesday"); of others it says what is broken ("no login")."""
