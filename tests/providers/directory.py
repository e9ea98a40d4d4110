"""A real LDAP directory: Debian's slapd on loopback, in a folder of its own, with TLS."""

import os
import shutil
import subprocess
from pathlib import Path

import trustme

from tests.notify.prosody import _is_open as is_open
from tests.site.product import eventually, free_port

CONFIG = """
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile {folder}/slapd.pid
argsfile {folder}/slapd.args
TLSCertificateFile {folder}/server.pem
TLSCertificateKeyFile {folder}/server.key
database mdb
maxsize 10485760
suffix "dc=firm,dc=example"
rootdn "cn=admin,dc=firm,dc=example"
rootpw admin-secret
directory {folder}/data
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="cn=reader,dc=firm,dc=example" read by * none
"""
ENTRIES = """
dn: dc=firm,dc=example
objectClass: dcObject
objectClass: organization
o: Firm
dc: firm

dn: cn=reader,dc=firm,dc=example
objectClass: organizationalRole
objectClass: simpleSecurityObject
cn: reader
userPassword: reader-secret

dn: ou=people,dc=firm,dc=example
objectClass: organizationalUnit
ou: people

dn: uid=bob,ou=people,dc=firm,dc=example
objectClass: inetOrgPerson
uid: bob
cn: Bob Petrov
sn: Petrov
givenName: Bob
mail: Bob@firm.example
userPassword: bob-at-work

dn: uid=nina,ou=people,dc=firm,dc=example
objectClass: inetOrgPerson
uid: nina
cn: Nina Newcomer
sn: Новосёлова
givenName: Нина
mail: nina@firm.example
title: Бухгалтер
telephoneNumber: +7 495 123-45-67
departmentNumber: cn=sales,ou=groups,dc=firm,dc=example
userPassword: пароль-нины

dn: uid=twin1,ou=people,dc=firm,dc=example
objectClass: inetOrgPerson
uid: twin1
cn: Twin
sn: Twin
mail: twin@firm.example
userPassword: twin

dn: uid=twin2,ou=people,dc=firm,dc=example
objectClass: inetOrgPerson
uid: twin2
cn: Twin
sn: Twin
mail: twin@firm.example
userPassword: twin
"""
BASE, READER, SECRET = "ou=people,dc=firm,dc=example", "cn=reader,dc=firm,dc=example", "reader-secret"


class Directory:
    """One server; it may be stopped and started again and keeps what it knew."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port, self.tls_port = folder, free_port(), free_port()
        (folder / "data").mkdir()
        authority = trustme.CA()
        self.certificate = authority.cert_pem.bytes().decode()
        self._process: subprocess.Popen[bytes] | None = None
        self._write(authority)

    def start(self) -> "Directory":
        urls = f"ldap://127.0.0.1:{self.port} ldaps://127.0.0.1:{self.tls_port}"
        words = [_program("slapd"), "-f", str(self.config), "-h", urls, "-d", "0"]
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        eventually(self._answers, "slapd does not answer")
        return self

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(20)
            self._process = None

    def _answers(self) -> bool:
        assert self._process is None or self._process.poll() is None, self.log.read_text()
        return is_open(self.port) and is_open(self.tls_port)

    @property
    def log(self) -> Path:
        return self.folder / "log"

    @property
    def config(self) -> Path:
        return self.folder / "slapd.conf"

    def _write(self, authority: trustme.CA) -> None:
        made = authority.issue_cert("localhost")
        made.private_key_pem.write_to_path(str(self.folder / "server.key"))
        made.cert_chain_pems[0].write_to_path(str(self.folder / "server.pem"))
        self.config.write_text(CONFIG.format(folder=self.folder))
        entries = self.folder / "entries.ldif"
        entries.write_text(ENTRIES.strip() + "\n")
        words = [_program("slapadd"), "-f", str(self.config), "-l", str(entries)]
        done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


def _program(name: str) -> str:
    found = shutil.which(name, path=os.environ["PATH"] + ":/usr/bin:/usr/sbin")
    assert found, "The tests need slapd. Debian: sudo apt install slapd"
    return found
