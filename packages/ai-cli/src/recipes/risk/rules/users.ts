import type { RuleTable } from "../table/program.ts";

/** Programs for users and groups. */
export const USERS: RuleTable = {
  "userdel deluser": {
    rows: [["-r|-f|--remove|--force|--remove-home|--remove-all-files", "critical", "deletes a user with the home"]],
    otherwise: ["high", "deletes a user"],
  },
  "groupdel delgroup": { otherwise: ["high", "deletes a group"] },
  passwd: {
    rows: [
      ["-S|--status", "none"],
      ["-d|--delete|-l|--lock|-e|--expire", "high", "locks a user out, or lets everybody in"],
      ["@root", "high", "changes the password of the machine's owner"],
    ],
    otherwise: ["medium", "changes a password"],
  },
  "chpasswd newusers": { otherwise: ["high", "changes passwords"] },
  usermod: {
    values: "-G -g -s -d -c -e -f -l -p -u --groups --shell --home",
    rows: [
      [
        "-L|--lock|-e|--expiredate|-s=/sbin/nologin|-s=/bin/false|-s=/usr/sbin/nologin|-s=*nologin|-s=*false",
        "high",
        "locks a user out",
      ],
      ["-u|-l|-p|-d|--uid|--login|--password", "high", "changes who a user is"],
      ["-G|--groups !-a|--append", "high", "takes a user out of all other groups"],
      ["-m", "high", "moves a user's home"],
    ],
    otherwise: ["medium", "changes a user"],
  },
  groupmod: { otherwise: ["medium", "changes a group"] },
  gpasswd: {
    rows: [["-d|-r|-M|--delete|--members", "high", "takes users out of a group"]],
    otherwise: ["medium", "changes a group"],
  },
  chage: {
    rows: [
      ["-l|--list", "none"],
      ["-E=0|-E=1|-E=-1|-M=0", "high", "locks a user out"],
    ],
    values: "-E -M -m -d -I -W",
    otherwise: ["medium", "changes when a password ends"],
  },
  "useradd adduser": {
    values: "-u --uid -g --gid -G -d -s -c -p",
    rows: [["-u=0|--uid=0|-o|--non-unique", "high", "makes a second owner of the machine"]],
    otherwise: ["medium", "makes a user or a group"],
  },
  "groupadd addgroup": { otherwise: ["medium", "makes a user or a group"] },
  "visudo vipw vigr": { rows: [["-c|--check", "none"]], otherwise: ["high", "changes who may do everything"] },
  "pwconv pwunconv grpconv grpunconv": { otherwise: ["high", "changes how passwords are kept"] },
  "chsh chfn": { otherwise: ["medium", "changes a user"] },
  dscl: {
    rows: [
      ["* delete", "high", "deletes a user"],
      ["* -delete", "high", "deletes a user"],
      ["* read|list", "none"],
      ["* -read|-list|-search", "none"],
    ],
    wordOptions: true,
    otherwise: ["medium", "changes users"],
  },
  sysadminctl: {
    rows: [["-deleteUser", "critical", "deletes a user with the home"]],
    wordOptions: true,
    otherwise: ["medium", "changes users"],
  },
  ldapdelete: { rows: [["-n", "none"]], otherwise: ["high", "deletes entries of a directory"] },
  "ldapmodify ldapadd": { otherwise: ["medium", "changes entries of a directory"] },
  ldapsearch: {},
  "samba-tool smbpasswd pdbedit ipa kadmin kadmin.local": {
    rows: [
      ["-x|-d", "high", "deletes or locks a user"],
      ["user|group|computer|dns|ou delete|disable", "high", "deletes or locks a user"],
      ["user-del|group-del|host-del|user-disable|*-del", "high", "deletes or locks a user"],
      ["-L", "none"],
    ],
    otherwise: ["medium", "changes users"],
  },
  kdestroy: { otherwise: ["medium", "forgets a sign-in"] },
  "chroot-users": {},
  quotaoff: { otherwise: ["medium", "lifts the limits of users"] },
};
