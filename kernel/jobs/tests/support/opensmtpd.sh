#!/bin/sh
# opensmtpd.sh FOLDER PORT: the real mail server, with everything that it writes in namespaces and folders of its own.
# It needs root: it changes to its own users and writes below /var/spool and /run, which it sees as empty here. Mail for
# anybody lands in FOLDER/mail. Its TLS does not work on Debian 12 (6.8 with OpenSSL 3), so it speaks in clear.
set -eu
if [ "${3:-}" != inside ]; then
    exec unshare -m --propagation private sh "$0" "$1" "$2" inside
fi
folder=$1
mount -t tmpfs none /var/spool
mount -t tmpfs none /run
mkdir -m 711 /var/spool/smtpd
cd /var/spool/smtpd
mkdir offline purge queue corrupt incoming temporary
chown root:opensmtpq offline && chmod 770 offline
for each in purge queue corrupt incoming temporary; do chown opensmtpq:root "$each" && chmod 700 "$each"; done
mkdir -m 777 "$folder/mail"
chmod 755 "$folder"
cat >"$folder/smtpd.conf" <<CONF
table people { "@" = "nobody" }
listen on 127.0.0.1 port $2 hostname localhost
action "keep" maildir "$folder/mail" virtual <people>
match from any for domain "lost.example" reject
match from any for any action "keep"
CONF
exec /usr/sbin/smtpd -d -f "$folder/smtpd.conf"
