import type { ShellWord } from "../words/shell-word.ts";

/** How a path of Windows begins. */
const BACKSLASHED = /^(?:[A-Za-z]:|\.{1,2}|~|\\|[$\w.-]+)\\/;

/** Where a disk begins in a path. */
const DISK = /\\\\[.?]\\(?=physicaldrive|harddisk|[a-z]:$)/i;

/** A word for a program: as it is, but for the slashes of a path. */
export function programWord(word: ShellWord): ShellWord {
  const text = word.text.replace(DISK, "/dev/disk/");
  if (text !== word.text) return { ...word, text };
  if (!BACKSLASHED.test(text)) return word;
  return { ...word, text: text.replaceAll("\\", "/") };
}

/** Options by which commands are told apart, which may be cut short. */
const OPTIONS =
  "-whatif -confirm -recurse -force -path -literalpath -filter -include -exclude -name -value -method -body -outfile -infile -uri -headers -scope -query -inputfile -scriptblock -computername -erroraction -usebasicparsing -argumentlist -filepath -attachments -startuptype -status -credential -verb -wait -passthru -membername -methodname -encoding -destination -itemtype -depth -file -directory -append -noclobber".split(
    " ",
  );

/** Their other names. */
const SHORT: Readonly<Record<string, string>> = {
  __proto__: null as never,
  "-wi": "-whatif",
  "-cf": "-confirm",
  "-ea": "-erroraction",
  "-fo": "-force",
  "-r": "-recurse",
  "-rf": "-recurse",
  "-f": "-force",
  "-useb": "-usebasicparsing",
  "-cn": "-computername",
  "-pspath": "-literalpath",
  "-lp": "-literalpath",
};

/** An option in lower case and in full, and whether its value stands behind a colon. */
export function optionOf(text: string): { readonly name: string; readonly hasValue: boolean } {
  const colon = text.indexOf(":");
  const hasValue = colon >= 0;
  const given = (hasValue ? text.slice(0, colon) : text).toLowerCase();
  if (SHORT[given] !== undefined) return { name: SHORT[given], hasValue };
  const fits = given.length > 2 ? OPTIONS.filter((one) => one.startsWith(given)) : [];
  return { name: fits.length === 1 ? (fits[0] as string) : given, hasValue };
}

/** Options whose value is not what is acted on. */
export const OPTION_VALUES: ReadonlySet<string> = new Set(
  "-filter -include -exclude -erroraction -warningaction -informationaction -errorvariable -outvariable -pipelinevariable -depth -itemtype -type -encoding -value -uri -outfile -infile -computername -cimsession -session -argumentlist -name -verb -property -first -last -expandproperty -method -body -form -headers -credential -filepath -query -sqlquery -scope -startuptype -status -state -enabled -membername -methodname -attachments -from -to -subject -smtpserver -server -serverinstance -sqlinstance -database -resourcegroupname -region -profilename -contenttype -action -purgetype -destination -destinationpath -aclobject -namespace -classname -class -searchbase -arguments -argument -execute -foregroundcolor -backgroundcolor -separator -delimiter -unjoindomaincredential -timeoutsec -throttlelimit -variable -propertytype -password -newpassword -exclusionpath -exclusionprocess -exclusionextension -inputfile -message -comment -reason -description -displayname -label -filesystem -newfilesystemlabel -partitionstyle -members -member -fullaccess -commandtext -scriptstring -scripttext -scriptcontent -command -commands -commandid -parameter -instanceid -sessionid -scriptpath -version -requiredversion -minimumversion -repository -source -pattern -format -as -title -date -days -adddays -timespan -resultsize".split(
    " ",
  ),
);
