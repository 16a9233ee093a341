#!/usr/bin/env python3
"""What a mail program makes of a mail. Prints name US value RS for each: headers in lower case as they are read, with
from_name, from_address, to_name, to_address, text, html, type, types, defects; raw is the file itself.

    read_mail.py FILE
"""
import email
import email.policy
import sys

raw = open(sys.argv[1], 'rb').read()
mail = email.message_from_bytes(raw, policy=email.policy.default)
values = {name.lower(): str(value) for name, value in mail.items()}
for name in ('from', 'to'):
    addresses = mail[name].addresses if mail[name] else ()
    values[name + '_count'] = str(len(addresses))
    for address in addresses:
        values[name + '_name'], values[name + '_address'] = address.display_name, address.addr_spec
values['headers'] = str(len(mail.keys()))
values['type'] = mail.get_content_type()
values['types'] = ' '.join(part.get_content_type() for part in mail.walk())
defects = [str(defect) for part in mail.walk() for defect in part.defects]
defects += [str(defect) for part in mail.walk() for value in part.values() for defect in getattr(value, 'defects', ())]
values['defects'] = '; '.join(defects)
for kind, name in (('plain', 'text'), ('html', 'html')):
    part = mail.get_body((kind,))
    values[name] = part.get_content() if part else ''
values['raw'] = raw.decode('latin-1')
sys.stdout.reconfigure(encoding='utf-8', newline='')
for name, value in values.items():
    sys.stdout.write(name + '\x1f' + value + '\x1e')
