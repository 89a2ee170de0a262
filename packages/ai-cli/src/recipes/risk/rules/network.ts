import type { RuleTable } from "../table/program.ts";

const OPEN = "takes the firewall's rules away";

/** Programs for networks. */
export const NETWORK: RuleTable = {
  curl: {
    input: "request",
    inputAlways: true,
    values:
      "-X --request -d --data --data-raw --data-binary --data-urlencode -H --header -o --output -u --user -F --form -T --upload-file -A --user-agent -b --cookie -c --cookie-jar -e --referer -w --write-out -m --max-time --connect-timeout --retry --retry-delay -x --proxy --cacert --cert --key -K --config -r --range --resolve -E --url --json --limit-rate",
    carries: [
      { language: "request", options: "-d --data --data-raw --data-binary --data-urlencode --json" },
      { language: "request", operand: 0 },
    ],
    rows: [
      ["-X=DELETE|--request=DELETE", "high", "tells a server to delete something"],
      [
        "@*/_delete_by_query*|*_shutdown*|*/actuator/shutdown*|*/destroy*|*/delete*|*/doDelete*|*/_close*|*/purge*|*/_purge*|*flushall*|*/delete-*|*/reset* -X|--request|-d|--data|--data-raw !-X=GET|--request=GET",
        "high",
        "tells a server to delete something",
      ],
      [
        "-d=*@/etc/*|-d=@/etc/*|--data-binary=@/etc/*|-T=/etc/*|-F=*@/etc/*|-d=*@*.ssh/*|--data-binary=@*.ssh/*|-F=*@*.ssh/*|-T=*.ssh/*|-T=*.aws/*|-d=@*.aws/*|-F=*@*.aws/*|--data-binary=@*.env|-d=@*.env|-T=*.env|-F=*@*.env|-F=*@*id_rsa*|--data-binary=@*id_rsa*|-d=@*id_rsa*|-T=*id_rsa*",
        "high",
        "sends secrets of the machine away",
      ],
      [
        "-d=*$(git*|-d=*$(date*|-d=*$(hostname*|--data=*$(git*|--data=*$(date*|--data=*$(hostname*",
        "medium",
        "sends data to another machine",
      ],
      [
        "-d=*$(*|--data=*$(*|--data-raw=*$(*|--data-urlencode=*$(*|--data-binary=*$(*",
        "high",
        "sends what commands print to another machine",
      ],
      [
        "@*action=DELETE*|*action=UNLOAD*|*deleteInstanceDir=true*|*deleteIndex=true*",
        "high",
        "tells a server to delete something",
      ],
      [
        "-d=*accept_data_loss*|--data=*accept_data_loss*|--data-raw=*accept_data_loss*|-d=*allocation.exclude*|-d=*_source.remove*|--json=*accept_data_loss*|--data-binary=*accept_data_loss*",
        "high",
        "tells a server to lose data",
      ],
      ["-o=<vital,device>", "critical", "writes over a disk or a file that the machine needs"],
      ["-o=<configuration>", "high", "replaces a settings file of the system"],
      ["--output=<configuration>", "high", "replaces a settings file of the system"],
      ["-o=<software>", "high", "replaces a program of the system"],
      ["--output=<software>", "high", "replaces a program of the system"],
      [
        "-o=/usr/local/*|--output=/usr/local/* @http://*",
        "high",
        "fetches a program over a connection that anybody can change",
      ],
      [
        "-o=/etc/*|--output=/etc/*|-o=/usr/*|-o=/bin/*|--output=/usr/*|-o=/boot/*",
        "medium",
        "fetches files into folders of the system",
      ],
      [
        "-X|--request|-d|--data|--data-raw|--data-binary|--data-urlencode|-F|--form|-T|--upload-file|--json",
        "medium",
        "sends data to another machine",
      ],
      [
        "@localhost*|127.0.0.1*|http://localhost*|http://127.0.0.1*|https://localhost*|http://[::1]*|http://0.0.0.0*",
        "low",
        "asks a server of this machine",
      ],
      ["-I|--head", "low", "asks another machine something"],
    ],
    otherwise: ["medium", "fetches something from another machine"],
  },
  wget: {
    values:
      "-O --output-document -P --directory-prefix -o --output-file -U --header --post-data --post-file --method --body-data -t --tries -T --timeout -i --input-file",
    rows: [
      ["-O=<vital,device>", "critical", "writes over a disk or a file that the machine needs"],
      ["-O=<configuration>", "high", "replaces a settings file of the system"],
      ["-O=<software>", "high", "replaces a program of the system"],
      ["-O=/usr/local/* @http://*", "high", "fetches a program over a connection that anybody can change"],
      ["--method=DELETE", "high", "tells a server to delete something"],
      [
        "--post-file=/etc/*|--post-file=*.ssh*|--post-file=*.env|--post-file=*.aws*|--body-file=/etc/*",
        "high",
        "sends secrets of the machine away",
      ],
      ["--post-data|--post-file|--method", "medium", "sends data to another machine"],
      ["-O=/etc/*|-O=/usr/*|-O=/bin/*|-O=/boot/*", "medium", "fetches files into folders of the system"],
      ["--spider", "low", "asks another machine something"],
    ],
    otherwise: ["medium", "fetches something from another machine"],
  },
  "http https xh httpie": {
    rows: [
      ["DELETE|delete", "high", "tells a server to delete something"],
      [
        "POST|PUT @*/*elete*|*/_close*|*/*purge*|*/*destroy*|*/*shutdown*",
        "high",
        "tells a server to delete something",
      ],
      ["POST|PUT|PATCH", "medium", "sends data to another machine"],
    ],
    otherwise: ["medium", "fetches something from another machine"],
  },
  "aria2c axel lftp ftp tftp youtube-dl yt-dlp lynx w3m links fetch telnet rsh rlogin gpg-agent-net": {
    rows: [
      ["-e=*mirror*--delete*|-c=*mirror*--delete*|-e=*rm * *", "high", "deletes files of another machine"],
      ["-e=*mirror*--delete*|-c=*mirror*--delete*|-e=*rm -c=*rm *", "high", "deletes files of another machine"],
    ],
    values: "-e -c",
    otherwise: ["medium", "fetches something from another machine"],
  },
  "nc ncat netcat socat cryptcat": {
    values: "-e --exec -c --sh-exec -p -s -w -q",
    rows: [
      ["-e|--exec|-c|--sh-exec", "critical", "gives another machine a shell of this one"],
      ["@EXEC:*|exec:*|*,EXEC:*|SYSTEM:*|system:*", "critical", "gives another machine a shell of this one"],
      ["-z", "low", "asks another machine something"],
    ],
    otherwise: ["medium", "talks to another machine"],
  },
  "iptables ip6tables iptables-legacy ip6tables-legacy": {
    values: "-t -p -s -d -j -i -o -m --dport --sport -A -D -I -P",
    rows: [
      ["-F|--flush|-X|--delete-chain|-Z", "high", OPEN],
      ["-P=*|--policy", "high", "changes what the firewall does by default"],
      ["-A=INPUT|-I=INPUT -j=DROP|-j=REJECT !-s|-p|--dport|-i|-d", "high", "shuts everybody out"],
      ["-A=INPUT|-I=INPUT -j=DROP|-j=REJECT --dport=22|--dport=ssh|--dports=*22* !-s", "high", "shuts everybody out"],
      ["-D|--delete", "high", "takes a rule of the firewall away"],
      ["-L|-S|--list|-C|--list-rules", "none"],
    ],
    otherwise: ["medium", "changes the firewall's rules"],
  },
  "iptables-restore ip6tables-restore": {
    rows: [["-t|--test", "none"]],
    otherwise: ["high", "replaces all rules of the firewall"],
  },
  "iptables-save ip6tables-save": {},
  nsupdate: { otherwise: ["high", "changes names of a network"] },
  nft: {
    rows: [
      ["flush|delete|destroy|reset", "high", OPEN],
      ["list|monitor|describe", "none"],
      ["-c", "none"],
      ["-f", "high", "replaces rules of the firewall"],
    ],
    otherwise: ["medium", "changes the firewall's rules"],
  },
  ufw: {
    rows: [
      ["disable|reset", "high", OPEN],
      ["--force", "high", OPEN],
      ["delete", "high", "takes a rule of the firewall away"],
      ["default allow", "high", "opens the machine to everybody"],
      ["deny|reject 22|ssh|22/tcp|OpenSSH", "high", "shuts everybody out"],
      ["status|show|version", "none"],
    ],
    otherwise: ["medium", "changes the firewall's rules"],
  },
  "firewall-cmd": {
    rows: [
      ["--remove-*|--panic-on|--complete-reload|--reset-to-defaults|--delete-*|--set-target=ACCEPT", "high", OPEN],
      ["--list-*|--state|--get-*|--query-*", "none"],
    ],
    otherwise: ["medium", "changes the firewall's rules"],
  },
  "pfctl ipfw ipset ebtables": {
    values: "-f",
    rows: [
      ["-f=-", "high", "replaces the firewall's rules"],
      ["-F|-d|-X", "high", OPEN],
      ["flush|delete|destroy", "high", OPEN],
      ["list|show", "none"],
      ["-s|-n|-L", "none"],
    ],
    otherwise: ["medium", "changes the firewall's rules"],
  },
  socketfilterfw: {
    wordOptions: true,
    rows: [
      ["--setglobalstate off", "high", OPEN],
      ["--get*|--list*", "none"],
    ],
    otherwise: ["medium", "changes the firewall's rules"],
  },
  no: { rows: [["<some>", "high", "takes a setting of a network device away"]] },
  drbdadm: {
    rows: [
      ["@--overwrite*|--discard*|--force", "high", "writes over a disk of another machine"],
      [
        "primary|invalidate|invalidate-remote|create-md|wipe-md|detach|disconnect|down -f|--force|--discard-my-data|--overwrite-data-of-peer",
        "high",
        "writes over a disk of another machine",
      ],
      [
        "invalidate|invalidate-remote|create-md|wipe-md|detach|down|secondary",
        "high",
        "writes over a disk, or takes it away",
      ],
      ["status|role|cstate|dstate|dump|sh-*", "none"],
    ],
    otherwise: ["medium", "changes disks that machines share"],
  },
  csf: { rows: [["-f|-x|--stop|--disable", "high", OPEN]], otherwise: ["medium", "changes the firewall's rules"] },
  ipvsadm: {
    rows: [
      ["-C|--clear|-D|-d|--delete-service|--delete-server|-R", "high", "takes away where services are"],
      ["-L|-l|-S|--list", "none"],
    ],
    otherwise: ["medium", "changes where services are"],
  },
  varnishadm: {
    rows: [
      ["status|*.list|*.show|ping", "none"],
      ["ban*|stop|vcl.discard|param.reset", "high", "throws away what is kept, or stops a service"],
    ],
    otherwise: ["medium", "changes a service"],
  },
  "fail2ban-client": {
    rows: [
      ["stop|unban|reload", "high", "lets shut-out machines in again"],
      ["status|ping|version|get", "none"],
    ],
    otherwise: ["medium", "changes who is shut out"],
  },
  ip: {
    values: "-n -netns -family",
    wordOptions: true,
    wraps: [{ path: "netns exec", skip: 1 }],
    rows: [
      ["link|l set @down", "high", "cuts the machine off from a network"],
      [
        "link|l|addr|address|a|route|r|ro|rule|neigh|netns|tunnel|xfrm del|delete|flush|deleteall",
        "high",
        "takes the network's settings away",
      ],
      ["addr|address|a|link|l|route|r|rule|neigh|n|netns|maddr|tunnel <none>", "none"],
      ["addr|address|a|link|l|route|r|ro|rule|neigh|n|netns|monitor show|list|get|ls|show|s|sh", "none"],
      ["-br|-s|-brief|-c|-4|-6|-o|-details addr|address|a|link|l|route|r", "none"],
      ["a|addr|link|route|r|neigh -br|-brief", "none"],
    ],
    otherwise: ["medium", "changes the network's settings"],
  },
  ifconfig: {
    rows: [
      ["@down|delete|-alias", "high", "cuts the machine off from a network"],
      ["<none>", "none"],
      ["-a", "none"],
      ["* !<several>", "none"],
    ],
    otherwise: ["medium", "changes the network's settings"],
  },
  ifdown: { otherwise: ["high", "cuts the machine off from a network"] },
  "ifup dhclient dhcpcd": {
    rows: [["-r|-k|-x", "high", "cuts the machine off from a network"]],
    otherwise: ["medium", "changes the network's settings"],
  },
  route: {
    rows: [
      ["del|delete|flush", "high", "takes the network's routes away"],
      ["-f", "high", "takes the network's routes away"],
      ["<none>", "none"],
      ["-n", "none"],
    ],
    otherwise: ["medium", "changes the network's settings"],
  },
  nmcli: {
    rows: [
      ["device|dev|d wifi list|rescan|show-password", "none"],
      ["device|dev|d wifi connect|hotspot", "medium", "changes the network's settings"],
      [
        "connection|con|c|connect|device|dev|d|networking|n|radio|r delete|del|down|off|disconnect|wifi|wwan|all",
        "high",
        "cuts the machine off from a network",
      ],
      ["networking|radio|n|r off", "high", "cuts the machine off from a network"],
      ["radio wifi on", "medium", "changes the network's settings"],
      ["device|dev|d wifi", "medium", "changes the network's settings"],
      ["device|connection|con|dev|general|g|c|d|radio|networking show|status|list", "none"],
      ["<none>", "none"],
      ["device|connection|con|dev|general|g|c|d", "none"],
    ],
    otherwise: ["medium", "changes the network's settings"],
  },
  rfkill: {
    rows: [
      ["block", "high", "cuts the machine off from a network"],
      ["list", "none"],
    ],
    otherwise: ["medium", "changes the network's settings"],
  },
  tc: {
    rows: [
      ["qdisc|filter|class del|delete", "high", "takes the network's settings away"],
      ["qdisc|filter|class show|list|ls", "none"],
    ],
    otherwise: ["medium", "changes the network's settings"],
  },
  "ethtool iwconfig iw brctl ovs-vsctl vconfig wpa_cli": {
    rows: [
      ["delbr|del-br|del-port|emer-reset", "high", "takes a network away"],
      ["show|showmacs|list", "none"],
    ],
    otherwise: ["medium", "changes the network's settings"],
  },
  "wg wg-quick openvpn tailscale zerotier-cli": {
    rows: [
      ["down|logout|leave", "high", "cuts the machine off from a network"],
      ["show|status|ip|list*|info|netcheck|version|ping|genkey|pubkey|showconf", "none"],
    ],
    otherwise: ["medium", "changes the network's settings"],
  },
  "nmap masscan zmap arp-scan nikto": { otherwise: ["medium", "tries which doors other machines have open"] },
  "hydra john hashcat aircrack-ng msfconsole msfvenom sqlmap medusa responder ettercap bettercap": {
    otherwise: ["medium", "tries to get past what protects other machines"],
  },
  "aireplay-ng mdk3 mdk4 slowloris hping3 arpspoof": {
    otherwise: ["high", "attacks other machines or what protects them"],
  },
  "tcpdump tshark wireshark ngrep": {
    values: "-i -w -r -c -z",
    wraps: [],
    rows: [["-z", "medium", "runs a command"]],
    otherwise: ["medium", "listens to a network"],
  },
  "ssh-keygen": {
    values: "-t -b -f -C -N -P -R -F",
    input: "answer",
    rows: [
      ["-R", "low", "forgets another machine"],
      ["-l|-F|-y|-B", "none"],
      ["-f=*id_*|-f=/etc/ssh* -y|-q|-N !-R", "medium", "makes a key"],
    ],
    otherwise: ["medium", "makes a key"],
  },
  "ssh-add ssh-agent ssh-copy-id ssh-keyscan": {
    rows: [
      ["-D", "medium", "forgets keys"],
      ["-l|-L", "none"],
    ],
    otherwise: ["medium", "handles keys"],
  },
  gpg: {
    rows: [
      [
        "--delete-secret-keys|--delete-secret-key|--delete-secret-and-public-key|--delete-secret-and-public-keys",
        "critical",
        "deletes secret keys",
      ],
      ["--delete-keys|--delete-key", "high", "deletes keys"],
      [
        "--send-keys|--recv-keys|--keyserver|--gen-key|--full-generate-key|--generate-key|--import|--gen-revoke|--edit-key",
        "medium",
        "handles keys",
      ],
      ["--list-keys|-k|--list-secret-keys|-K|--verify|--fingerprint|--export", "none"],
    ],
    values: "-o --output -r --recipient -u --keyserver",
    otherwise: ["low", "encrypts or decrypts files"],
  },
  openssl: {
    wordOptions: true,
    values: "-out -in -keyout",
    rows: [
      ["-out=<settings,vital,configuration>", "high", "writes over keys or settings"],
      ["-keyout=<settings,vital,configuration>", "high", "writes over keys or settings"],
      ["x509|s_client|version|verify|dgst|rand|ciphers|speed|asn1parse|req|rsa|pkey|crl", "none"],
      ["genrsa|genpkey|req|pkcs12|ca|ecparam|dhparam", "low", "makes keys or certificates"],
    ],
    otherwise: ["low", "encrypts or decrypts files"],
  },
  "mail mailx mutt sendmail msmtp swaks mutt-send wall write mesg notify-send": {
    otherwise: ["medium", "sends messages"],
  },
  "ngrok cloudflared localtunnel lt": { otherwise: ["medium", "opens the machine to a network"] },
  "jenkins-cli jenkins": {
    rows: [
      ["delete-*|shutdown|safe-shutdown|restart|quiet-down|safe-restart", "high", "deletes jobs, or stops a service"],
      ["list-*|get-*|version|who-am-i", "none"],
    ],
    otherwise: ["medium", "changes a service"],
  },
};
