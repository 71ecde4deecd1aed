"""What the files under deploy/ say is compared with each other and with the program: scripts/deployments calls this.

Usage: deployments_agree.py VARIABLES METRICS, two files: what `novashop config` prints, and a page of /metrics of a shop that runs.
"""

import json
import pathlib
import re
import sys

import yaml

DEPLOY = pathlib.Path(__file__).resolve().parent.parent / "deploy"
wrong = []
# What need not be passed on: the image or the template decides it.
DECIDED = {"DATA_DIR", "API_ADDR", "WEB_ADDR", "METRICS_ADDR", "WEB_FILES", "PORT", "API_URL", "MIGRATE_ON_START", "NOVASHOP_ADMIN_PASSWORD"}
LEFT_OUT = {
    # A file, for which there would have to be a volume: the page says so.
    "compose": DECIDED | {"SMTP_CA_FILE"},
    # The image says production, tasks have a role, and for the others the page says how.
    "aws": DECIDED
    | {"ENVIRONMENT", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_ENDPOINT_URL", "AWS_ALLOW_HTTP", "SMTP_PORT", "SMTP_TLS", "SMTP_CA_FILE"}
    | {"CACHE_MEGABYTES", "RATE_LIMITS", "REDIS_PREFIX", "DRAIN_SECONDS", "LOG_FORMAT", "RUST_LOG"},
}
# What the role web must not have.
SECRETS = {"SECRET_KEY", "DATABASE_URL", "REDIS_URL", "SECRET_EMAIL_USER", "SECRET_EMAIL_USER_PSWD", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}


def demand(is_so, text):
    if not is_so:
        wrong.append(text)


def all_passed_on(where, what, known, passed):
    """A set-up that names each variable must name them all: what it forgets is set by operators and heard by nobody."""
    forgotten = known - LEFT_OUT[where] - set(passed)
    demand(not forgotten, f"{where}: {what} is not told {sorted(forgotten)}")


class Template(yaml.SafeLoader):
    """CloudFormation's own tags, as plain values."""


def plain(loader, _suffix, node):
    kind = {yaml.ScalarNode: loader.construct_scalar, yaml.SequenceNode: loader.construct_sequence, yaml.MappingNode: loader.construct_mapping}
    return kind[type(node)](node, **({} if isinstance(node, yaml.ScalarNode) else {"deep": True}))


Template.add_multi_constructor("!", plain)


# --- docker compose -------------------------------------------------------------------------------------------------


def filled(text, values, where):
    """As compose fills in variables: ${NAME:-default}, ${NAME:?what is missing}, $$ for a dollar."""

    def one(match):
        if match[0] == "$$":
            return "$"
        name, how, rest = match[1], match[2], match[3]
        value = values.get(name, "")
        if value == "" and how == ":-":
            value = rest
        demand(value != "" or how != ":?", f"{where}: {name} is missing, and .env.example does not have it")
        return value

    return re.sub(r"\$\$|\$\{(\w+)(?:(:-|:\?)([^}]*))?\}", one, text)


def merged(below, above):
    if isinstance(below, dict) and isinstance(above, dict):
        return {key: merged(below[key], above[key]) if key in below and key in above else above.get(key, below.get(key)) for key in below | above}
    return below + above if isinstance(below, list) and isinstance(above, list) else above


def variables_of(file):
    lines = (line.lstrip("#") for line in file.read_text().splitlines() if re.match(r"#?[A-Z_]+=", line))
    return dict(line.split("=", 1) for line in lines)


def compose(known):
    folder = DEPLOY / "compose"
    example = variables_of(folder / ".env.example")
    secrets = {"SECRET_KEY": "s" * 32, "POSTGRES_PASSWORD": "letters"}
    read = lambda name, values: yaml.safe_load(filled((folder / name).read_text(), values, name))
    production = read("compose.yaml", {name: value for name, value in (example | secrets).items()})
    development = variables_of(folder / ".env.development")
    both = merged(read("compose.yaml", development), read("compose.dev.yaml", development))
    asked = set(re.findall(r"\$\{(\w+)", (folder / "compose.yaml").read_text()))
    passed_through = {name for service in production["services"].values() for name, value in service.get("environment", {}).items() if value is None}
    unexplained = (asked | passed_through) - set(example) - {"NOVASHOP_IMAGE", "NOVASHOP_FILES_IMAGE"}
    demand(not unexplained, f"compose.yaml asks for {sorted(unexplained)}, which .env.example does not explain")
    for name in ("api1", "worker", "migrate"):
        all_passed_on("compose", name, known, production["services"][name]["environment"])
    for what, services in (("production", production["services"]), ("development", both["services"])):
        open_to_all = [
            name for name, service in services.items() if any(not str(port).startswith("127.0.0.1:") for port in service.get("ports", []))
        ]
        demand(open_to_all == ["nginx"], f"compose, {what}: {open_to_all} publish ports to everybody; only nginx may")
        addresses = {
            network.get("ipv4_address"): name
            for name, service in services.items()
            if isinstance(service.get("networks"), dict)
            for network in service["networks"].values()
        }
        nginx = services["nginx"]["environment"]
        for upstream in (nginx["API_UPSTREAMS"] + "," + nginx["WEB_UPSTREAM"]).split(","):
            demand(upstream.split(":")[0] in addresses, f"compose, {what}: nginx asks {upstream}, where nobody is")
        apps = {name for name, service in services.items() if service.get("command", [])[-1:] == ["web"]}
        for name in apps:
            demand(services[name]["environment"]["API_URL"] == f"http://{nginx['INNER_ADDR']}", f"compose, {what}: {name} asks elsewhere than nginx listens")
        asked = {name: {addresses.get(one.split(":")[0]) for one in nginx[f"{name}_UPSTREAM{'S' * (name == 'API')}"].split(",")} for name in ("API", "WEB")}
        demand(len(apps) > 1 and asked["WEB"] == apps, f"compose, {what}: nginx asks {sorted(asked['WEB'])} for pages, there are {sorted(apps)}")
        demand(len(asked["API"]) == 3, f"compose, {what}: nginx asks {sorted(asked['API'])}")
        trusted = services["api1"]["environment"]["TRUSTED_PROXIES"].split(",")
        demand({addresses.get(address) for address in trusted} == {"nginx"} | apps, f"compose, {what}: trusted are {trusted}, not nginx and the app")
        for name, service in services.items():
            for needed in service.get("depends_on", {}):
                demand(needed in services, f"compose, {what}: {name} waits for {needed}, which is not there")
    for name, service in production["services"].items():
        demand("restart" in service, f"compose: {name} is not started again")
        demand(service.get("deploy", {}).get("resources", {}).get("limits", {}).get("memory"), f"compose: {name} has no limit of memory")
        demand("healthcheck" in service or name in ("migrate", "files"), f"compose: {name} has no health check")
    written = {name for name, service in production["services"].items() if "media:/media" in service.get("volumes", [])}
    demand(written == {"api1", "api2", "api3", "worker", "migrate"}, f"compose: {sorted(written)} reach the pictures")
    ours = [service for service in both["services"].values() if str(service.get("image", "")).startswith("novashop:")]
    demand(len(ours) == 7, "compose: three API processes, two of the app, worker and migrate are seven services")
    reading = [name for name, service in production["services"].items() if any(volume.startswith("files:") for volume in service.get("volumes", []))]
    demand(sorted(reading) == ["files", "nginx"], f"compose: the app's files are reached by {reading}")
    return [("compose", name) for service in ours for name in service["environment"]]


# --- Kubernetes -----------------------------------------------------------------------------------------------------


def kubernetes():
    folder = DEPLOY / "kubernetes"
    objects = [o for file in sorted(folder.glob("*.yaml")) if file.name != "kustomization.yaml" for o in yaml.safe_load_all(file.read_text())]
    of = lambda kind: {o["metadata"]["name"]: o for o in objects if o["kind"] == kind}
    listed = yaml.safe_load((folder / "kustomization.yaml").read_text())["resources"]
    files = {file.name for file in folder.glob("*.yaml")} - {"kustomization.yaml", "secret.example.yaml"}
    demand(set(listed) == files, f"kustomization.yaml lists {sorted(listed)}, there are {sorted(files)}")
    names = []
    pods = {o["metadata"]["name"]: o["spec"]["template"] for o in objects if o["kind"] in ("Deployment", "Job")}
    for name, pod in pods.items():
        spec = pod["spec"]
        demand(spec["securityContext"].get("runAsNonRoot") is True, f"{name} may run as root")
        for container in spec["containers"]:
            guard = container["securityContext"]
            demand(guard["readOnlyRootFilesystem"] and not guard["allowPrivilegeEscalation"] and guard["capabilities"]["drop"] == ["ALL"], f"{name} is not held")
            limits = container["resources"]["limits"]
            demand("memory" in limits and "cpu" in container["resources"]["requests"], f"{name} has no limits")
            # By it the program counts its threads, and how much memory passwords may take.
            demand(container["args"][0] != "serve" or "cpu" in limits, f"{name} takes every processor of its node for its own")
            for source in container.get("envFrom", []):
                for kind, key in (("ConfigMap", "configMapRef"), ("Secret", "secretRef")):
                    demand(key not in source or source[key]["name"] in of(kind), f"{name} takes variables of a {kind} that is not there")
            names += [("kubernetes", one["name"]) for one in container.get("env", [])]
    for name, deployment in of("Deployment").items():
        spec = deployment["spec"]
        labels = spec["template"]["metadata"]["labels"]
        demand(spec["selector"]["matchLabels"] == labels, f"{name} selects other pods than it makes")
        demand(spec["strategy"]["rollingUpdate"]["maxUnavailable"] == 0, f"{name} takes processes away before new ones answer")
        container = spec["template"]["spec"]["containers"][0]
        demand("livenessProbe" in container, f"{name} has no probe")
        scaled = any(h["spec"]["scaleTargetRef"]["name"] == name for h in of("HorizontalPodAutoscaler").values())
        demand(scaled != ("replicas" in spec), f"{name}: either replicas, or an autoscaler")
        if name in of("Service"):
            demand("readinessProbe" in container and name in of("PodDisruptionBudget"), f"{name} has no readiness probe or no budget")
    for kind in ("Service", "PodDisruptionBudget"):
        for name, o in of(kind).items():
            selector = o["spec"]["selector"]
            selector = selector.get("matchLabels", selector)
            demand(any(selector == pod["metadata"]["labels"] for pod in pods.values()), f"the {kind} {name} finds no pod")
    for o in of("HorizontalPodAutoscaler").values():
        demand(o["spec"]["scaleTargetRef"]["name"] in of("Deployment"), "an autoscaler has nothing to scale")
    for rule in of("Ingress")["novashop"]["spec"]["rules"]:
        for path in rule["http"]["paths"]:
            demand(path["backend"]["service"]["name"] in of("Service"), f"the ingress sends {path['path']} nowhere")
    names += [("kubernetes", name) for name in of("ConfigMap")["novashop"]["data"]]
    return names + [("kubernetes", name) for name in of("Secret")["novashop"]["stringData"]]


# --- The others -----------------------------------------------------------------------------------------------------


def aws(known):
    resources = yaml.load((DEPLOY / "aws/advanced.yaml").read_text(), Template)["Resources"]
    tasks = {name: r["Properties"]["ContainerDefinitions"][0] for name, r in resources.items() if r["Type"] == "AWS::ECS::TaskDefinition"}
    demand(set(tasks) == {"MigrateTask", "ApiTask", "WebTask", "WorkerTask"}, f"the tasks are {sorted(tasks)}")
    demand(not {"Secrets"} & set(tasks["WebTask"]), "the role web is given secrets")
    for name in ("ApiTask", "WorkerTask", "MigrateTask"):
        all_passed_on("aws", name, known, [one["Name"] for part in ("Environment", "Secrets") for one in tasks[name][part]])
    return [("aws", one["Name"]) for task in tasks.values() for part in ("Environment", "Secrets") for one in task.get(part, [])]


def environment_of(file):
    return [name for line in re.findall(r"^Environment=(.*)$", file.read_text(), re.M) for name in re.findall(r"(\w+)=", line)]


def systemd():
    names = list(variables_of(DEPLOY / "systemd/shop.env"))
    for file in [*DEPLOY.glob("systemd/*.service"), *DEPLOY.glob("systemd/*.conf")]:
        if file.name != "novashop-nginx.service":
            names += environment_of(file)
    web = (DEPLOY / "systemd/novashop-web@.service").read_text()
    taken = {name for line in re.findall(r"^UnsetEnvironment=(.*)$", web, re.M) for name in line.split()}
    demand(SECRETS <= taken, f"systemd: the role web is given {sorted(SECRETS - taken)}")
    account = lambda text: re.findall(r"^User=(.*)$", text, re.M)
    others = account((DEPLOY / "systemd/account.conf").read_text())
    demand(len(account(web)) == 1 and len(others) == 1 and account(web) != others, f"systemd: the role web is {account(web)}, the others are {others}")
    demand("DATA_DIR" not in web and not account((DEPLOY / "systemd/service.conf").read_text()), "systemd: the role web is given the account or the data of the others")
    small = dict(re.findall(r"(\w+_ADDR)=\S*:(\d+)", (DEPLOY / "systemd/novashop.service").read_text()))
    demand(small.get("API_ADDR") not in (None, "80", "443", "2002"), "systemd: the one process and nginx want the same port")
    for file in ("systemd/README.md", "aws/simple.yaml"):
        upstreams = re.findall(r"API_UPSTREAMS=127\.0\.0\.1:(\d+)", (DEPLOY / file).read_text())
        demand(set(upstreams) == {small.get("API_ADDR")}, f"{file}: nginx asks {upstreams}, the one process listens on {small.get('API_ADDR')}")
    # What starts again and again would begin backup after backup.
    for file in ("service.conf", "novashop-backup.service"):
        demand("\nRestart=" not in (DEPLOY / "systemd" / file).read_text(), f"systemd: {file} starts a backup that fails again and again")
    return [("systemd", name) for name in names]


def heroku():
    folder = DEPLOY / "heroku"
    app, manifest = json.loads((folder / "app.json").read_text()), yaml.safe_load((folder / "heroku.yml").read_text())
    # scripts/deployments runs the lines of the Procfile.
    lines = dict(line.split(": ", 1) for line in (folder / "Procfile").read_text().splitlines())
    phases = manifest["run"] | {"release": manifest["release"]}
    said = {name: phase if isinstance(phase, str) else " ".join(phase["command"]) for name, phase in phases.items()}
    demand(said == lines, f"heroku: heroku.yml runs {said}, the Procfile {lines}")
    demand({"setup", "build", "release", "run"} == set(manifest), f"heroku.yml has the parts {sorted(manifest)}")
    images = manifest["build"]["docker"]
    for name, phase in phases.items():
        demand((name if isinstance(phase, str) else phase["image"]) in images, f"heroku.yml: nothing builds the image of {name}")
    demand(all((folder / file).exists() for file in images.values()), f"heroku.yml: one of {sorted(images.values())} is not there")
    set_up = manifest["setup"]
    demand([one["plan"] for one in set_up["addons"]] == app["addons"], "heroku: heroku.yml and app.json name other add-ons")
    for name, value in set_up["config"].items():
        demand(app["env"].get(name, {}).get("value") == value, f"heroku: {name} is {value!r} in heroku.yml, something else in app.json")
    return [("heroku", name) for name in [*app["env"], *set_up["config"]]]


def docker():
    text = (DEPLOY / "docker/Dockerfile").read_text().replace("\\\n", " ")
    return [("docker", name) for line in re.findall(r"^ENV (.*)$", text, re.M) for name in re.findall(r"(\w+)=", line)]


def nginx():
    known = set(re.findall(r"^#   ([A-Z0-9_]+) +", (DEPLOY / "nginx/render").read_text(), re.M))
    used = set(variables_of(DEPLOY / "systemd/nginx.env")) | set(environment_of(DEPLOY / "systemd/novashop-nginx.service"))
    used |= set(yaml.safe_load(re.sub(r"\$\{[^}]*\}|\$\$", "x", (DEPLOY / "compose/compose.yaml").read_text()))["services"]["nginx"]["environment"])
    demand(used <= known, f"deploy/nginx/render does not know {sorted(used - known)}")


def monitoring(page):
    """Every metric, label and value that a rule or the dashboard names is one that a shop tells."""
    told = {}
    for name, labels in re.findall(r"^([a-z_]+)(?:\{(.*)\})? ", page, re.M):
        told.setdefault(name, []).append(dict(re.findall(r'(\w+)="([^"]*)"', labels)))
    added = {"job", "instance", "role", "version"}
    rules = [rule for group in yaml.safe_load((DEPLOY / "monitoring/rules.yml").read_text())["groups"] for rule in group["rules"]]
    recorded = {rule["record"] for rule in rules if "record" in rule}
    dashboard = json.loads((DEPLOY / "monitoring/grafana/novashop.json").read_text())
    shown = [target["expr"] for panel in dashboard["panels"] for target in panel.get("targets", [])]
    tested = (DEPLOY / "monitoring/rules.test.yml").read_text()
    # The rules know the shop by its job.
    for file in ("prometheus.yml", "compose.yml", "kubernetes.yml"):
        jobs = {one["job_name"] for one in yaml.safe_load((DEPLOY / "monitoring" / file).read_text())["scrape_configs"]}
        demand(jobs == {"novashop"}, f"monitoring/{file} calls the shop {sorted(jobs)}")
    asked = yaml.safe_load((DEPLOY / "monitoring/compose.yml").read_text())["scrape_configs"][0]["static_configs"]
    asked = {target.split(":")[0] for one in asked for target in one["targets"]}
    services = yaml.safe_load((DEPLOY / "compose/compose.yaml").read_text())["services"]
    serving = {name for name, service in services.items() if service.get("command", [])[:1] == ["serve"]}
    demand(asked == serving, f"monitoring/compose.yml asks {sorted(asked)}, there are {sorted(serving)}")
    for rule in rules:
        if "alert" in rule:
            raised = rf"alertname: {rule['alert']}\n\s+exp_alerts:"
            demand(re.search(raised, tested), f"no test raises {rule['alert']}")
            demand({"summary", "action"} <= set(rule["annotations"]) and "severity" in rule["labels"], f"{rule['alert']} does not say what to do")
    for expression in [rule["expr"] for rule in rules] + shown:
        for name, matchers in re.findall(r"\b((?:novashop|http|process)[a-z0-9_:]+)(?:\{([^}]*)\})?", re.sub(r'"[^"]*"(?=[,}])', lambda m: m[0], expression)):
            if name in recorded:
                continue
            demand(name in told, f"{name} is told by nobody: {expression}")
            for label, how, value in re.findall(r'(\w+)(=~|!=|=)"([^"]*)"', matchers):
                there = [labels.get(label) for labels in told.get(name, [])]
                demand(label in added or any(there), f"{name} has no label {label}: {expression}")
                demand(how != "=" or label in added or value in there, f"{name} has no {label}={value}: {expression}")


def main():
    variables, metrics = (pathlib.Path(argument).read_text() for argument in sys.argv[1:3])
    known = set(re.findall(r"^  ([A-Z][A-Z0-9_]+)$", variables, re.M))
    used = compose(known) + kubernetes() + aws(known) + systemd() + heroku() + docker()
    for where, name in sorted(set(used)):
        # Those of OpenTelemetry it reads itself.
        demand(name in known or name.startswith("OTEL_"), f"{where}: the program does not know {name}")
    nginx()
    monitoring(metrics)
    for text in wrong:
        print(f"deployments_agree: {text}", file=sys.stderr)
    print(f"{len(set(used))} uses of variables and every metric agree with the program." if not wrong else f"{len(wrong)} things are wrong.")
    return 1 if wrong else 0


sys.exit(main())
