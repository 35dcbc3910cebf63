"""The files to deploy with: they can be read, name settings that exist, and keep the promises on rights and probes.

No image is built here and no cluster is asked; what only they could show is not tested.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.aid import links
from bot.channels.ops import stopping
from bot.settings import FILES, ROOT, Settings

DEPLOY = ROOT / "deploy"
SETTINGS = {name.upper() for name in Settings.__fields__}
OTHERS = {"HOME", "PATH", "PYTHONWARNINGS", "PYTHONDONTWRITEBYTECODE", "RASA_TELEMETRY_ENABLED", "TF_CPP_MIN_LOG_LEVEL"}
OTHERS |= {"SQLALCHEMY_SILENCE_UBER_WARNING", "MPLCONFIGDIR"}
HARDENED = {
    "User=guide",
    "NoNewPrivileges=true",
    "PrivateTmp=true",
    "PrivateDevices=true",
    "ProtectSystem=strict",
    "ProtectHome=true",
}
HARDENED |= {"ProtectKernelTunables=true", "ProtectControlGroups=true", "CapabilityBoundingSet="}
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yml").read_text())
KUBERNETES: list[dict[str, Any]] = list(yaml.safe_load_all((DEPLOY / "kubernetes" / "guide.yml").read_text()))
SERVERS = {name: service for name, service in COMPOSE["services"].items() if name.startswith("server-")}


def _of(kind: str) -> dict[str, Any]:
    (found,) = [document for document in KUBERNETES if document["kind"] == kind]
    return found


def _pods() -> list[dict[str, Any]]:
    return [_of("Deployment")["spec"]["template"], _of("CronJob")["spec"]["jobTemplate"]["spec"]["template"]]


def test_only_settings_that_exist_are_set() -> None:
    docker = (DEPLOY / "Dockerfile").read_text()
    block = re.search(r"^ENV (.+?)[^\\]\n", docker, flags=re.M | re.S)
    assert block
    named = set(re.findall(r"\b([A-Z_]+)=", block[0]))
    named |= {name.removesuffix("_FILE") for server in SERVERS.values() for name in server["environment"]}
    named |= {row["name"] for pod in _pods() for container in pod["spec"]["containers"] for row in container.get("env", [])}
    for unit in (DEPLOY / "systemd").glob("*.service"):
        named |= {
            word.split("=")[0] for line in re.findall(r"^Environment=(.+)$", unit.read_text(), flags=re.M) for word in line.split()
        }
    assert named - OTHERS - SETTINGS == set()


def test_what_compose_gives_as_a_file_is_read_as_one() -> None:
    given = {name for service in COMPOSE["services"].values() for name in service.get("environment", {}) if name.endswith("_FILE")}
    assert {name.removesuffix("_FILE") for name in given} - {"POSTGRES_PASSWORD"} <= set(FILES)


def test_compose_purges_daily_and_nginx_may_write_where_it_must() -> None:
    purge, nginx = COMPOSE["services"]["purge"], COMPOSE["services"]["nginx"]
    shell, option, script = purge["command"]
    assert (shell, option, "conversations purge" in script, "sleep 86400" in script) == ("sh", "-c", True, True)
    assert subprocess.run(["sh", "-n", "-c", script]).returncode == 0
    assert "profiles" not in purge
    assert purge["environment"]["DATABASE_URL_FILE"] == "/run/secrets/database_url"
    uid, gid = nginx["user"].split(":")
    owned = {place.partition(":")[0]: place.partition(":")[2] for place in nginx["tmpfs"]}
    assert owned == {"/var/cache/nginx": f"uid={uid},gid={gid}", "/var/run": f"uid={uid},gid={gid}", "/tmp": "mode=1777"}


def test_who_stops_a_server_waits_until_it_has_finished() -> None:
    (cluster,) = [_of("Deployment")["spec"]["template"]["spec"]["terminationGracePeriodSeconds"]]
    unit = re.search(r"^TimeoutStopSec=(\d+)$", (DEPLOY / "systemd" / "exosome-guide.service").read_text(), flags=re.M)
    assert unit
    waits = [int(service["stop_grace_period"].rstrip("s")) for service in SERVERS.values()]
    assert min(*waits, cluster, int(unit[1])) > stopping.LONGEST


def test_compose_runs_two_servers_without_rights_behind_the_one_port() -> None:
    assert len(SERVERS) == 2
    for server in SERVERS.values():
        assert (server["read_only"], server["cap_drop"], server["networks"]) == (True, ["ALL"], ["inside"])
        assert "/health/live" in " ".join(server["healthcheck"]["test"])
    ports = {name: service["ports"] for name, service in COMPOSE["services"].items() if "ports" in service}
    assert ports == {"page": ["127.0.0.1:8001:8001"], "nginx": ["${PUBLIC_PORT:-8080}:8080"]}
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    given = {secret for service in COMPOSE["services"].values() for secret in service.get("secrets", [])}
    assert given == set(COMPOSE["secrets"])


@pytest.mark.parametrize("unit", sorted((DEPLOY / "systemd").glob("*.service")), ids=lambda path: path.name)
def test_a_unit_runs_as_a_user_of_its_own_and_writes_only_where_it_must(unit: Path) -> None:
    lines = set(unit.read_text().splitlines())
    assert HARDENED - lines == set()
    (written,) = [line for line in lines if line.startswith("ReadWritePaths=")]
    assert set(written.partition("=")[2].split()) <= {"/srv/exosome-guide/build", "/srv/exosome-guide/models"}


def test_the_image_does_not_run_as_root_and_ends_in_the_check_of_the_hashes() -> None:
    docker = (DEPLOY / "Dockerfile").read_text()
    assert re.findall(r"^USER (\d+):\d+$", docker, flags=re.M) == ["10001"]
    assert 'ENTRYPOINT ["deploy/start"]' in docker
    assert "sha256sum > built.sha256" in docker


def test_pods_have_no_rights_no_way_out_and_the_probes() -> None:
    for pod in _pods():
        spec = pod["spec"]
        assert (spec["automountServiceAccountToken"], spec["securityContext"]["runAsNonRoot"]) == (False, True)
        for container in spec["containers"]:
            assert container["securityContext"] == {
                "allowPrivilegeEscalation": False,
                "readOnlyRootFilesystem": True,
                "capabilities": {"drop": ["ALL"]},
            }
            assert "memory" in container["resources"]["limits"]
    (server,) = _pods()[0]["spec"]["containers"]
    probes = {name: server[name]["httpGet"]["path"] for name in ("startupProbe", "readinessProbe", "livenessProbe")}
    assert probes == {"startupProbe": "/health/ready", "readinessProbe": "/health/live", "livenessProbe": "/health/live"}
    policy = _of("NetworkPolicy")["spec"]
    assert policy["policyTypes"] == ["Ingress", "Egress"]
    assert all(rule.get("to") for rule in policy["egress"])
    wanted = policy["podSelector"]["matchLabels"].items()
    assert all(wanted <= pod["metadata"]["labels"].items() for pod in _pods())
    served = _of("Service")["spec"]["selector"].items()
    assert [served <= pod["metadata"]["labels"].items() for pod in _pods()] == [True, False]


def test_the_proxies_pass_nothing_on_that_is_for_operators() -> None:
    nginx = (DEPLOY / "nginx" / "guide.conf").read_text()
    for place in ("= /metrics", "/health/", "= /webhooks/rest/webhook"):
        assert f"location {place} {{ return 404; }}" in nginx
    paths = [row["path"] for rule in _of("Ingress")["spec"]["rules"] for row in rule["http"]["paths"]]
    assert paths == ["/webhooks/widget", "/widget", links.PREFIX.rstrip("/")]
    assert set(re.findall(r"server (server-\d):5005", nginx)) == set(SERVERS)


@pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not here, so its configuration is not tested by itself")
def test_nginx_takes_its_configuration(tmp_path: Path) -> None:
    own = (DEPLOY / "nginx" / "guide.conf").read_text()
    own = re.sub(r"server server-\d", "server 127.0.0.1", own)
    whole = tmp_path / "nginx.conf"
    whole.write_text(f"pid {tmp_path}/pid;\nerror_log stderr;\nevents {{}}\nhttp {{ access_log off;\n{own}\n}}\n")
    done = subprocess.run(["nginx", "-t", "-c", whole], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


class TestStart:
    """`deploy/start`, in a folder laid out as in the image."""

    @pytest.fixture
    def root(self, tmp_path: Path) -> Path:
        for name in ("deploy", "models"):
            (tmp_path / name).mkdir()
        shutil.copy(DEPLOY / "start", tmp_path / "deploy" / "start")
        (tmp_path / "models" / "m.tar.gz").write_text("a model")
        (tmp_path / "built.sha256").write_text(f"{hashlib.sha256(b'a model').hexdigest()}  models/m.tar.gz\n")
        return tmp_path

    def _run(self, root: Path, **env: str) -> subprocess.CompletedProcess[str]:
        command = [str(root / "deploy" / "start"), "sh", "-c", 'printf %s "$DATABASE_URL"']
        given = {**os.environ, "DATABASE_URL": "from outside", **env}
        return subprocess.run(command, env=given, capture_output=True, text=True, timeout=60, cwd="/")

    def test_the_model_that_was_built_is_run(self, root: Path) -> None:
        done = self._run(root)
        assert (done.returncode, done.stdout, done.stderr) == (0, "from outside", "")

    def test_another_model_is_refused(self, root: Path) -> None:
        (root / "models" / "m.tar.gz").write_text("another")
        done = self._run(root)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.splitlines()[-1] == "The model is not the one that was built into this image."
