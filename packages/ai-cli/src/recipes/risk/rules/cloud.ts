import type { Program, Row, RuleTable } from "../table/program.ts";

const CHANGES = "changes resources in a cloud";
const DELETES = "deletes resources in a cloud";
const ALL_IN_IT = "deletes resources in a cloud with all that is in them";

/** What salt is told, module by module. */
const SALT =
  "*.remove|*.purge|*.stop|*.delete|*.kill*|*.pkill|*.disable|*.reboot|*.shutdown|*.poweroff|*.halt|*.absent|*.destroy*|*.rm|*.rmdir|*.truncate|*.wipe|*.drop*|*.flush*|*.db_remove|*.user_remove|*.format|*.umount|*.dead|*.delete_*|*.remove_*|*.stop_*";

/** A cloud's program whose verbs stand behind the kind of thing. */
const OPENS = "lets everybody in, or lets somebody do everything";
const UNPROTECTED = "takes protection against loss away";

/** Options of clouds whose value matters here. */
const SHARED =
  "--member --role --acl --auth-type --public-access --public-access-block-configuration --policy-document --policy --launch-permission --group-names --values-to-add --ip-permissions --cidr --source-ranges --authorized-networks --resources-vpc-config --source-address-prefixes --end-ip-address --start-ip-address --backup-retention-period --point-in-time-recovery-specification --reserved-concurrent-executions --retention-in-days --principal --account-ids-to-add --allow-blob-public-access --enable-delete-retention --action --access --versioning-configuration --allow --rules --port --destination-port-ranges";

/** What opens things in a cloud to everybody, or takes away what protects them. */
const OPENED: readonly Row[] = [
  [
    "@remove-iam-policy-binding --member=allUsers|--member=allAuthenticatedUsers",
    "medium",
    "closes what was open to everybody",
  ],
  [
    "--member=allUsers|--member=allAuthenticatedUsers|--acl=public*|--auth-type=NONE|--public-access=container|--public-access=blob|--public-access=all|--allow-blob-public-access=true|--account-ids-to-add=all|--account-ids-to-add=All|--publicly-accessible|--launch-permission=*=all*|--group-names=all|--values-to-add=all|--public-access-block-configuration=*false*",
    "high",
    OPENS,
  ],
  [
    '--policy-document=*"Principal":"[*]"*|--policy-document=*"AWS":"[*]"*|--policy-document=*"Action":"[*]"*|--policy-document=*"Action":["[*]"]*|--policy=*"Principal":"[*]"*|--policy=*"AWS":"[*]"*|--principal=[*] !--policy-document=*"Effect":"Deny"*|--policy=*"Effect":"Deny"*',
    "high",
    OPENS,
  ],
  [
    "--cidr=0.0.0.0/0|--cidr=::/0|--ip-permissions=*0.0.0.0/0*|--ip-permissions=*::/0*|--source-ranges=0.0.0.0/0|--authorized-networks=0.0.0.0/0|--resources-vpc-config=*0.0.0.0/0*|--source-address-prefixes=Internet|--source-address-prefixes=0.0.0.0/0|--source-address-prefixes=[*]|--end-ip-address=255.255.255.255 !--port=443|--port=80|--allow=tcp:443|--allow=tcp:80|--allow=tcp:80,tcp:443|--allow=tcp:443,tcp:80|--ip-permissions=*ToPort=443*|--ip-permissions=*ToPort*443*|--action=DENY|--action=deny|--access=Deny|--rules=tcp:443|--rules=tcp:80|--destination-port-ranges=443|--destination-port-ranges=80",
    "high",
    "lets the whole world in",
  ],
  [
    "--no-deletion-protection|--no-disable-api-termination|--no-enable-termination-protection|--no-backup|--no-enable-deletion-protection|--no-deletion-protection-enabled|--enable-delete-retention=false|--no-versioning|--backup-retention-period=0|--point-in-time-recovery-specification=*alse*|--retention-in-days=1|--retention-in-days=3",
    "high",
    UNPROTECTED,
  ],
  ["--reserved-concurrent-executions=0", "high", "stops a service in a cloud"],
];

function cloud(values: string): Program {
  const whole =
    "project|projects|group|groups|cluster|clusters|instance|instances|database|databases|bucket|buckets|vm|server|servers|volume|volumes|app|apps|stack|db|account|namespace|site|space|disks|snapshots|images|domain|domains|zone|zones|droplet|linode|linodes";
  const verb =
    "delete|destroy|remove|rm|purge|terminate|erase|delete-*|destroy-*|purge-*|remove-*|*:destroy|*:delete|*:remove|*:reset|*:rm|*:unset|*:disable|*:kill|*:leave|*:stop|*-delete|*-rm|deprovision|rb|wipe|del|rebuild|reimage|reinstall";
  return {
    values: `${values} ${SHARED} --command --scripts --ssh-command -C`,
    carries: [{ language: "commands", options: "--command --scripts --ssh-command -C" }],
    wraps: [{ path: "run", values, text: true }],
    rows: [
      [
        "@add-iam-policy-binding --role=roles/owner|--role=roles/editor|--role=roles/*.admin|--role=roles/*Admin",
        "high",
        "lets somebody do anything in a cloud",
      ],
      ...OPENED,
      ["run !@services|jobs", "medium", "runs something in a cloud"],
      ["role assignment create --role=Owner|--role=Contributor", "high", "lets somebody do anything in a cloud"],
      ["scale|ps:scale|autoscale @*=0|0", "high", "stops a service in a cloud"],
      ["* enable-protection|add-protection", "low", "protects from loss"],
      [`${whole} ${verb}`, "critical", ALL_IN_IT],
      [`* ${whole} ${verb}`, "critical", ALL_IN_IT],
      [`* * ${whole} ${verb}`, "critical", ALL_IN_IT],
      [verb, "high", DELETES],
      [`* ${verb}`, "high", DELETES],
      [`* * ${verb}`, "high", DELETES],
      [`* * * ${verb}`, "high", DELETES],
      [
        "stop|down|reset|deallocate|power-off|shutdown|rollback|disable|scale:down|maintenance:on|suspend|stop-*|disable-*|ps:stop|revoke",
        "high",
        "stops a service in a cloud",
      ],
      [
        "* stop|reset|deallocate|power-off|shutdown|rollback|disable|suspend|revoke|failover",
        "high",
        "stops a service in a cloud",
      ],
      [
        "* * stop|reset|deallocate|power-off|shutdown|disable|suspend|revoke|failover",
        "high",
        "stops a service in a cloud",
      ],
      [
        "list|show|get|describe|info|status|logs|whoami|version|help|ls|tail|ps|config:get|releases|open|account",
        "none",
      ],
      ["* list|show|get|describe|info|status|logs|ls|view|get-*|list-*|show-*|read|export|tail|current", "none"],
      ["* * list|show|get|describe|info|ls|get-*|list-*|show-*|read|export|get-value", "none"],
      ["* * * list|show|get|describe|info|get-*|list-*|show-*|read", "none"],
    ],
    otherwise: ["medium", CHANGES],
  };
}

/** Programs for clouds and for what is described in files there. */
export const CLOUD: RuleTable = {
  aws: {
    values:
      "--profile --region --output --query --endpoint-url --bucket --key --instance-ids --filters --stack-name --function-name --table-name --cluster --name --user-name --role-name --group-name --policy-arn --db-instance-identifier --exclude --include --acl --storage-class --desired-count --service --parameters --command --desired-capacity --max-size --change-batch --replicas --protocol " +
      SHARED,
    carries: [{ language: "commands", options: "--parameters --command" }],
    rows: [
      [
        "* change-resource-record-sets --change-batch=*DELETE*|--change-batch=*delete*|--change-batch=*remove*",
        "high",
        "deletes names of a network",
      ],
      [
        "iam attach-*-policy --policy-arn=*AdministratorAccess|--policy-arn=*FullAccess|--policy-arn=*PowerUserAccess",
        "high",
        "lets somebody do anything in a cloud",
      ],
      [
        "ec2 authorize-security-group-ingress --cidr=0.0.0.0/0|--cidr=::/0 --protocol=all|--protocol=-1|--port=22|--port=3389|--port=3306|--port=5432|--port=6379|--port=27017|--port=0-65535",
        "high",
        "lets the whole world in",
      ],
      [
        "* revoke-security-group-ingress|revoke-security-group-egress|authorize-security-group-egress",
        "medium",
        "changes what is let through",
      ],
      ...OPENED,
      ["* cancel-key-deletion|restore-secret|restore-object", "medium", "brings back what was to be deleted"],
      ["* deactivate-mfa-device|leave-organization|decrease-*", "high", UNPROTECTED],
      ["* put-bucket-versioning --versioning-configuration=*Enabled*", "low", "keeps old versions"],
      ["* put-public-access-block --public-access-block-configuration=*true*", "low", "closes a bucket"],
      ["help", "none"],
      ["* help", "none"],
      ["* * help", "none"],
      ["s3 rb --force", "critical", "deletes a bucket with all that is in it"],
      ["s3 rm --recursive", "critical", "deletes all of a bucket, or much of it"],
      ["s3 rb|rm", "high", "deletes objects or a bucket"],
      ["s3 sync --delete", "high", "deletes at the destination what is not at the source"],
      ["s3 mv", "medium", "moves objects"],
      ["s3 ls|presign", "none"],
      ["s3 cp|sync|mb|website", "medium", "copies files to or from a bucket"],
      [
        "* terminate-*|delete-db-*|delete-bucket|delete-stack|delete-table|delete-cluster|delete-vpc|delete-file-system|delete-volume|delete-snapshot|delete-hosted-zone|delete-user-pool|delete-domain|delete-organization|close-account|schedule-key-deletion|delete-backup-*|delete-vault|delete-recovery-point|delete-repository|delete-secret|delete-user|delete-role|delete-key|delete-nodegroup|delete-replication-group|delete-cache-cluster|delete-stack-set",
        "critical",
        ALL_IN_IT,
      ],
      [
        "* delete-*|*-delete-*|remove-*|deregister-*|purge-*|release-*|disassociate-*|detach-*|revoke-*|cancel-*|batch-delete-*|destroy-*|deprovision-*|disable-*|stop-*|reset-*|reboot-*|untag-*|abort-*|force-*|empty-*|expire-*|restore-*|rollback-*|suspend-*|fail-*|failover-*|delete",
        "high",
        "deletes or stops resources in a cloud",
      ],
      ["* update-service --desired-count=0", "high", "stops a service in a cloud"],
      [
        "* update-auto-scaling-group|set-desired-capacity --desired-capacity=0|--max-size=0",
        "high",
        "stops a service in a cloud",
      ],
      [
        "* put-bucket-lifecycle*|put-lifecycle-*|put-bucket-policy|put-public-access-block|put-bucket-acl|put-bucket-versioning",
        "high",
        "changes what is kept in a bucket, or who sees it",
      ],
      [
        "* describe-*|list-*|get-*|ls|head-*|lookup-*|filter-*|tail|estimate-*|validate-*|wait|search*|scan|query|simulate-*|preview-*|check-*|help|batch-get-*",
        "none",
      ],
      ["configure list|get", "none"],
      ["help", "none"],
      ["* create-*|put-*|tag-*|run-*|start-*|register-*|update-*|modify-*", "medium", CHANGES],
    ],
    otherwise: ["medium", CHANGES],
  },
  gsutil: {
    rows: [
      ["rm|rb -r|-R|-a", "critical", "deletes a bucket with all that is in it"],
      ["rm|rb", "high", "deletes objects or a bucket"],
      ["@allUsers*|AllUsers*|allAuthenticatedUsers*|public-read*", "high", "lets everybody in"],
      ["versioning set off|suspend", "high", UNPROTECTED],
      ["rsync -n", "none"],
      ["help", "none"],
      ["rsync -d", "high", "deletes at the destination what is not at the source"],
      ["mv", "medium", "moves objects"],
      ["ls|cat|stat|du|hash|version|help", "none"],
    ],
    otherwise: ["medium", "copies files to or from a bucket"],
    values: "-h -o",
  },
  gcloud: {
    ...cloud(
      "--project --zone --region --account --format --filter --configuration --impersonate-service-account --cluster --instance",
    ),
    wraps: [],
  },
  az: cloud(
    "-g --resource-group -n --name --subscription -o --output --query --location -l --account-name --server --vault-name --container-name --ids --source",
  ),
  "heroku flyctl fly doctl linode-cli hcloud vultr vultr-cli scw oci ibmcloud ovhcloud civo exo render railway vercel netlify now surge firebase supabase planetscale pscale neonctl neon turso amplify eb copilot sam serverless sls cf ionosctl tccli aliyun openstack nova glance cinder databricks snow confluent ccloud atlas mongocli auth0 sentry-cli launchctl-cloud fastly cloudflare cfcli tailscale-cloud shopify stripe twilio sfdx convox nomad-cloud dokku caprover platform upsun pantheon terminus acli ghost zeit":
    cloud(
      "-a --app -r --remote --project -p --project-id --region --context -t --token --output -o --format --site --team --env --stage --org --space",
    ),
  wrangler: {
    ...cloud("--name --env -e --config -c --compatibility-date"),
    carries: [{ language: "sql", options: "--command" }],
  },
  "terraform tofu terragrunt": {
    wordOptions: true,
    values: "-chdir -target -var -var-file",
    rows: [
      ["plan|validate|show|output|fmt|version|providers|graph|console|test|get|init|workspace -destroy", "none"],
      ["apply|run-all -destroy", "critical", "deletes everything that the files describe"],
      ["destroy", "critical", "deletes everything that the files describe"],
      ["run-all destroy", "critical", "deletes everything that the files describe"],
      ["run|run-all|stack destroy", "critical", "deletes everything that the files describe"],
      [
        "apply -auto-approve|--auto-approve|-replace|--terragrunt-non-interactive",
        "high",
        "changes resources in a cloud without asking, and deletes what is no longer described",
      ],
      ["state rm -dry-run", "none"],
      ["state rm|push|replace-provider", "high", "forgets what it has made"],
      ["state list|show|pull", "none"],
      ["state mv", "medium", "changes what it knows of what it has made"],
      ["workspace delete", "high", "forgets what it has made"],
      ["workspace list|show", "none"],
      ["force-unlock|taint|untaint", "high", "changes what it knows of what it has made"],
      ["plan|validate|show|output|version|providers|graph|console|test|metadata", "none"],
      ["init|get|fmt|workspace|login|logout", "low", "gets ready to work"],
      ["apply|refresh|import", "medium", CHANGES],
    ],
    otherwise: ["medium", CHANGES],
  },
  pulumi: {
    rows: [
      ["destroy", "critical", "deletes everything that the program describes"],
      ["down", "critical", "deletes everything that the program describes"],
      ["stack rm", "critical", "deletes a stack with what is known of it"],
      ["state delete|unprotect", "high", "forgets what it has made"],
      [
        "up|update -y|--yes|-f|--skip-preview",
        "high",
        "changes resources in a cloud without asking, and deletes what is no longer described",
      ],
      ["cancel", "high", "stops a change in its midst"],
      ["preview|about|whoami|version|logs", "none"],
      ["stack ls|output|history|export|graph", "none"],
    ],
    otherwise: ["medium", CHANGES],
  },
  "cdk cdktf sst": {
    rows: [
      ["destroy|remove", "critical", "deletes everything that the program describes"],
      ["rollback", "high", "takes changes in a cloud back"],
      ["synth|diff|list|ls|doctor|metadata|version|docs", "none"],
      ["deploy --force", "high", "changes resources in a cloud without asking"],
    ],
    otherwise: ["medium", CHANGES],
  },
  ansible: {
    values: "-i -m -a -u -e -f -l --module-name --args --inventory --limit --user --extra-vars -t",
    carries: [{ language: "shell", options: "-a --args" }],
    rows: [
      ["-C|--check|--list-hosts|--syntax-check", "none"],
      [
        "-a=*state=absent*|--args=*state=absent*|-a=*state:*absent*|-a=*purge=yes*|-a=*purge=true*|-a=*state=purged*|-a=*state=removed*|-a=*delete=yes*|-a=*delete=true*|-a=*state=terminated*|-a=*exclusive=yes*|-a=*state=reset*",
        "high",
        "deletes something on other machines",
      ],
      [
        "-a=*state=stopped*|--args=*state=stopped*|-a=*state=killed*|-a=*state=shutdown*|-a=*state=poweredoff*|-a=*enabled=no*|-a=*enabled=false*|-a=*state=disabled*|-a=*state=unmounted*|-a=*state=drained*",
        "high",
        "stops services on other machines",
      ],
      [
        "-m=*ping|-m=*setup|-m=*debug|-m=*gather_facts|-m=*stat|-m=*_info|-m=*_facts",
        "low",
        "asks other machines something",
      ],
      [
        "-m=*reboot|-m=*shutdown|-m=*filesystem|-m=*parted|-m=*lvol|-m=*lvg|--module-name=*reboot|--module-name=*shutdown|--module-name=*filesystem",
        "high",
        "changes disks of other machines, or restarts them",
      ],
      ["-m=*copy|-m=*template -a=*dest=/etc/*", "high", "replaces settings files of other machines"],
    ],
    otherwise: ["medium", "runs something on other machines"],
  },
  "ansible-playbook ansible-pull puppet chef-client salt salt-call chef knife": {
    rows: [
      ["-C|--check|--noop|--syntax-check|--list-tasks|--list-hosts|-W", "none"],
      [
        "@*destroy*|*delete*|*teardown*|*wipe*|*purge*|*remove*|*uninstall*|*reset*|*decommission*|*nuke*",
        "high",
        "runs something on other machines whose name speaks of destruction",
      ],
      ["* cmd.run|cmd.shell|cmd.run_all", "medium", "runs something on other machines"],
      [SALT, "high", "deletes or stops something on other machines"],
      [`* ${SALT}`, "high", "deletes or stops something on other machines"],
      ["resource|apply @ensure=absent|ensure=stopped|ensure=purged|enable=false", "high", "deletes or stops something"],
      ["cert|ca|node clean|destroy|purge|deactivate|revoke", "high", "deletes machines from the records"],
      ["resource|facts|lookup|config|describe|module", "low", "shows or changes a resource"],
      ["* delete|purge|bulk", "high", "deletes machines from the records"],
    ],
    values: "-G -E -L -I -N -C -i --tags --limit -l --inventory -e --extra-vars -u --user --timeout",
    carries: [
      { language: "shell", operand: 2 },
      { language: "shell", operand: 1 },
    ],
    otherwise: ["medium", "runs something on other machines"],
  },
  "salt-key salt-cloud": {
    rows: [
      ["-d|-D|--delete|--delete-all|-r|-R|--reject-all|--destroy", "high", "deletes machines, or their keys"],
      ["-L|-l|--list|--list-all|-Q|-p|-P|-F", "none"],
    ],
    otherwise: ["medium", "changes machines, or their keys"],
  },
  "fab invoke": {
    values: "-H --hosts -i -f -c --collection",
    wraps: [{ after: "--", text: true }],
    rows: [
      [
        "@destroy|*nuke*|*wipe*|*purge*|*teardown*|*drop*|*uninstall*|*destroy*|*delete*|*undeploy*|*reset-db*|*reset_db*",
        "high",
        "runs a task whose name speaks of destruction",
      ],
      ["-l|--list", "none"],
    ],
    otherwise: ["medium", "runs a task of the project"],
  },
  bolt: {
    values: "-t --targets -i --inventoryfile -u --user",
    wraps: [{ path: "command run", text: true }],
    rows: [["* show", "none"]],
    otherwise: ["medium", "runs something on other machines"],
  },
  mco: {
    rows: [
      ["service * stop|disable", "high", "stops services on other machines"],
      ["package * purge|uninstall|absent", "high", "removes software from other machines"],
      ["puppet|* disable|stop", "high", "stops services on other machines"],
    ],
    otherwise: ["medium", "runs something on other machines"],
  },
  "ansible-vault ansible-galaxy": { otherwise: ["low", "changes files of a playbook"] },
  packer: { rows: [["validate|inspect|fmt|version", "none"]], otherwise: ["medium", CHANGES] },
  nomad: {
    rows: [
      [
        "job|namespace|volume|node|alloc|system stop|delete|purge|drain|deregister|gc|destroy",
        "high",
        "stops services",
      ],
      ["stop", "high", "stops a service"],
      ["status|inspect|logs|plan|validate|version", "none"],
    ],
    otherwise: ["medium", "changes services"],
  },
  consul: {
    rows: [
      ["kv delete -recurse|--recurse", "critical", "deletes many keys of a cluster"],
      [
        "kv|acl|snapshot|config|operator|services delete|restore|raft|deregister",
        "high",
        "deletes a part of a cluster",
      ],
      ["leave|force-leave", "high", "takes a machine out of a cluster"],
      ["members|info|catalog|version|monitor", "none"],
    ],
    otherwise: ["medium", "changes a cluster"],
    wordOptions: true,
  },
  vault: {
    rows: [
      ["secrets|auth disable", "critical", "deletes all secrets of a kind"],
      [
        "kv|lease|policy|token|operator|namespace delete|destroy|metadata|revoke|seal|rekey|remove-peer|undelete",
        "high",
        "deletes secrets",
      ],
      ["delete", "high", "deletes secrets"],
      ["status|read|list|version|print|path-help", "none"],
      ["kv|secrets|auth|policy|token get|list|read|lookup", "none"],
    ],
    otherwise: ["medium", "changes secrets"],
  },
  "mc s3cmd s5cmd minio b2 swift azcopy ossutil coscmd": {
    rows: [
      ["anonymous|policy set public|download|upload", "high", "lets everybody in"],
      ["setacl -P|--acl-public", "high", "lets everybody in"],
      [
        "rm|del|delete|remove|rb|ilm -r|--recursive|--force|-R|--all",
        "critical",
        "deletes all of a bucket, or much of it",
      ],
      ["rm|del|delete|remove|rb|delete-*|delete_*|expire|undo|cancel-*", "high", "deletes objects or a bucket"],
      [
        "mirror|sync --remove|--delete-removed|--delete|--delete-destination|--delete-after",
        "high",
        "deletes at the destination what is not at the source",
      ],
      ["admin user|policy|service|bucket remove|stop|rm", "high", "deletes users of a storage"],
      ["ls|list|stat|du|info|diff|find|cat|version|tree|head", "none"],
    ],
    otherwise: ["medium", "copies files to or from a bucket"],
  },
  bq: {
    rows: [
      ["help", "none"],
      ["rm|delete", "critical", "deletes tables with all that is in them"],
      ["ls|show|head|version|info|get-iam-policy", "none"],
      ["update|load|cp|mk|extract|query --replace", "high", "replaces a table"],
      ["update --expiration|--default_table_expiration", "high", "lets tables be deleted by themselves"],
    ],
    values: "--project_id --location --dataset_id --destination_table --expiration --default_table_expiration",
    carries: [{ language: "sql", operand: 1 }],
    otherwise: ["medium", CHANGES],
  },
};
