// The city of the source plan as it was in 2024, and a second authority beside it that must see nothing of it.
const kPassword = 'dong-lua-ven-song';
const kFrom = ['--from', '01/01/2020'];

export const communes = ['phường An Lộc', 'phường An Thạnh', 'phường An Bình A', 'phường An Bình B', 'phường An Lạc', 'xã Bình Thạnh', 'xã Tân Hội'];

const kOffices = [
  ['noivu', 'Phòng Nội vụ'],
  ['vhtt', 'Phòng Văn hóa và Thông tin'],
  ['vanphong', 'Văn phòng HĐND&UBND Thành phố'],
  ['taichinh', 'Phòng Tài chính - Kế hoạch'],
];
const kCentre = ['truyenthanh', 'Trung tâm Văn hóa - Thể thao và Truyền thanh'];

export const communeAccount = (index) => `xa${index + 1}`;

function authority(loa, name, place, level, hamlet) {
  loa(['authority', 'add', name, '--short-name', `UBND ${place}`, '--place', place, '--level', level, '--hamlet-word', hamlet, ...kFrom]);
}

/** Fills the installation; gives the password of every account. The first `represented` communes have a tree of their own. */
export function fillCity(loa, { represented = 0 } = {}) {
  const city = ['--authority', 'thành phố Hồng Ngự'];
  const other = ['--authority', 'thị xã Tân Châu'];
  const user = (account, unit, role, where) =>
    loa(['user', 'add', account, '--full-name', `Người dùng ${account}`, '--unit', unit, '--role', role, ...where], `${kPassword}\n`);
  const unit = (name, kind, where) => loa(['unit', 'add', name, '--kind', kind, ...kFrom, ...where]);

  authority(loa, 'Ủy ban nhân dân thành phố Hồng Ngự', 'thành phố Hồng Ngự', 'district', 'khóm');
  for (const [account, name] of kOffices) {
    unit(name, 'office', city);
    user(account, name, 'clerk', city);
  }
  unit(kCentre[1], 'public_service', city);
  user(kCentre[0], kCentre[1], 'clerk', city);
  communes.forEach((name, index) => {
    if (index < represented) authority(loa, `Ủy ban nhân dân ${name}`, name, 'commune', 'khóm');
    loa(['unit', 'add', `UBND ${name}`, '--kind', 'commune', ...kFrom, ...city, ...(index < represented ? ['--represents', name] : [])]);
    user(communeAccount(index), `UBND ${name}`, 'clerk', city);
  });
  loa(['unit', 'group', 'Ủy ban nhân dân các xã, phường', '--kinds', 'commune', ...city]);
  loa(['unit', 'group', 'Các cơ quan chuyên môn', '--kinds', 'office', ...city]);
  loa(['unit', 'group', 'Các đơn vị sự nghiệp', '--kinds', 'public_service', '--aliases', 'đơn vị sự nghiệp; đơn vị sự nghiệp Thành phố', ...city]);
  user('lanhdao', 'Ủy ban nhân dân thành phố Hồng Ngự', 'leader', city);

  authority(loa, 'Ủy ban nhân dân thị xã Tân Châu', 'thị xã Tân Châu', 'district', 'khóm');
  unit('Phòng Nội vụ', 'office', other);
  user('tanchau', 'Phòng Nội vụ', 'clerk', other);
  return kPassword;
}
