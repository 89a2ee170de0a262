import type { RuleTable } from "../table/program.ts";

const RUN_VALUES =
  "-v --volume -p --publish -e --env --env-file --name -w --workdir -u --user --network --net -h --hostname --entrypoint -m --memory --cpus --mount -l --label --add-host --platform --restart --gpus --device --pid --ipc --log-driver --log-opt --security-opt --cap-add --cap-drop --ulimit --shm-size --tmpfs --dns --ip --link --volumes-from --runtime --index --detach-keys --cidfile -a --attach";
const EXEC_VALUES =
  "-e --env --env-file -w --workdir -u --user --detach-keys --index -n --namespace -c --container --context --kubeconfig -f --file";

/** Programs for containers and clusters. */
export const CONTAINERS: RuleTable = {
  "docker podman nerdctl": {
    values: `-H --host --context -c --config -l --log-level -f --file --filter --format -t --tag ${RUN_VALUES}`,
    wraps: [
      { path: "exec", skip: 1, values: EXEC_VALUES },
      { path: "container exec", skip: 1, values: EXEC_VALUES },
      { path: "run", skip: 1, values: RUN_VALUES },
      { path: "container run", skip: 1, values: RUN_VALUES },
      { path: "compose exec|run", skip: 1, values: `${EXEC_VALUES} -p --project-name --profile` },
      { path: "machine ssh", skip: 1, text: true },
    ],
    rows: [
      ["run|create --privileged", "high", "starts a container that can do all that the machine can"],
      [
        "run|create -v=/:*|--volume=/:*|--mount=*source=/,*|--mount=*src=/,*",
        "high",
        "gives a container the whole file system of the machine",
      ],
      [
        "run|create --pid=host|--cap-add=ALL|--cap-add=SYS_ADMIN|-v=/var/run/docker.sock*|--volume=/var/run/docker.sock*",
        "medium",
        "gives a container rights over the machine",
      ],
      ["image prune !-a|--all|-f=*a*", "low", "deletes images that have no name and are not in use"],
      ["builder|buildx prune !-a|--all", "medium", "deletes what is kept of builds"],
      [
        "system|volume|network|image|container|builder|buildx prune -a|--all|--volumes|-f|--force",
        "high",
        "deletes all containers, images or volumes that are not in use",
      ],
      [
        "system|volume|image|container|network prune",
        "high",
        "deletes all containers, images or volumes that are not in use",
      ],
      ["system reset", "critical", "deletes all containers, images and volumes"],
      ["volume rm|remove", "high", "deletes volumes with all that is in them"],
      ["compose down|rm -v|--volumes|--rmi", "high", "deletes containers with their volumes"],
      ["compose rm -f|--force|-s|--stop", "high", "deletes containers"],
      ["compose down --remove-orphans", "medium", "stops and deletes containers"],
      ["compose down|stop|kill|rm", "medium", "stops or deletes containers"],
      ["compose ps|ls|logs|config|images|top|port|version|events", "none"],
      ["compose", "medium", "builds or starts containers"],
      ["rm|container|rmi <unknown>", "high", "deletes containers or images that are only known when it runs"],
      ["stop|kill|rm|rmi <unknown>", "high", "stops or deletes containers that are only known when it runs"],
      [
        "container rm|remove|kill|stop <unknown>",
        "high",
        "stops or deletes containers that are only known when it runs",
      ],
      ["image rm|remove <unknown>", "high", "deletes images that are only known when it runs"],
      ["rm -v|--volumes", "high", "deletes containers with their volumes"],
      ["rm -f|--force", "high", "deletes containers that may be running"],
      ["container rm|remove -f|--force|-v|--volumes", "high", "deletes containers that may be running"],
      ["rmi|pod -f|--force|-a|--all", "high", "deletes images"],
      ["image rm|remove -f|--force", "high", "deletes images"],
      ["rm|rmi", "high", "deletes containers or images"],
      [
        "container|image|network|pod|context|buildx|manifest rm|remove",
        "high",
        "deletes containers, images or networks",
      ],
      ["secret|config|stack|service|node|plugin rm|remove", "high", "deletes a part of a cluster"],
      ["stack|service down|rm", "high", "deletes services"],
      ["service scale @*=0", "high", "stops a service"],
      ["compose --scale=*=0", "high", "stops a service"],
      ["service scale", "medium", "changes services"],
      ["swarm leave|ca", "high", "takes the machine out of a cluster"],
      ["swarm|node|service|stack", "medium", "changes a cluster"],
      ["machine rm|reset|stop", "high", "deletes a machine for containers"],
      ["stop|kill|restart|pause", "medium", "stops containers"],
      ["ps|images|logs|inspect|version|info|stats|top|port|diff|history|search|events|help", "none"],
      [
        "container|image|volume|network|system|context|builder|buildx|secret|config|stack|service|node|plugin|manifest ls|list|inspect|logs|history|df|info|ps|top|stats|port|events|show|du",
        "none",
      ],
      [
        "cp|commit|tag|save|export|build|create|start|exec|container|volume|network|builder|buildx|image|load|import|rename|update|wait|attach|unpause|init|scout",
        "low",
        "builds, starts or changes containers",
      ],
      ["run", "medium", "runs an image, which may have to be fetched"],
    ],
    otherwise: ["medium", "fetches images, or changes containers"],
  },
  "docker-compose podman-compose": {
    values: "-f --file -p --project-name --profile --env-file",
    wraps: [{ path: "exec|run", skip: 1, values: EXEC_VALUES }],
    rows: [
      ["down|rm -v|--volumes|--rmi", "high", "deletes containers with their volumes"],
      ["rm -f|--force|-s", "high", "deletes containers"],
      ["down|stop|kill|rm", "medium", "stops or deletes containers"],
      ["ps|ls|logs|config|images|top|port|version|events", "none"],
    ],
    otherwise: ["medium", "builds or starts containers"],
  },
  "docker-machine": {
    rows: [
      ["rm|kill", "critical", "deletes a machine"],
      ["ls|env|ip|status|inspect|active|url", "none"],
    ],
    otherwise: ["medium", "changes machines"],
  },
  "lxc incus": {
    wraps: [{ path: "exec", skip: 1 }],
    rows: [
      ["delete|rm", "critical", "deletes a container with all that is in it"],
      ["storage|network|profile|project|image|snapshot delete", "high", "deletes a part of the containers' world"],
      ["list|ls|info|show", "none"],
      ["stop", "medium", "stops containers"],
      ["restore", "high", "throws away what changed since a snapshot"],
    ],
    otherwise: ["medium", "changes containers"],
  },
  "lxc-destroy": { otherwise: ["critical", "deletes a container with all that is in it"] },
  "buildah skopeo": {
    rows: [
      ["rm|rmi|delete -a|--all", "high", "deletes containers or images"],
      ["delete", "high", "deletes images"],
      ["prune", "high", "deletes images that are not in use"],
      ["inspect|list-tags|images|containers", "none"],
    ],
    otherwise: ["medium", "makes or copies images"],
  },
  "crictl ctr": {
    rows: [
      ["rm|rmp|rmi -a|--all|-f|--force|--prune", "high", "deletes containers or images"],
      ["rm|rmi|rmp|images|image|containers|c|namespaces delete|rm|remove", "high", "deletes containers or images"],
      ["rm|rmi|rmp|stop|stopp", "high", "stops or deletes containers"],
      ["ps|pods|images|logs|inspect|info|stats|version", "none"],
    ],
    otherwise: ["medium", "changes containers"],
  },
  "kubectl oc k k3s microk8s minikube-kubectl": {
    values:
      "-n --namespace --context --kubeconfig -l --selector -f --filename -c --container -o --output --cluster --user -s --server --field-selector -p --patch --type --image --replicas -k",
    wraps: [
      { path: "exec", after: "--", values: EXEC_VALUES },
      { path: "kubectl" },
      { path: "run", after: "--" },
      { path: "debug", after: "--" },
    ],
    rows: [
      [
        "delete namespace|namespaces|ns|pv|pvc|node|nodes|crd|clusterrole|persistentvolume|persistentvolumeclaim|project|customresourcedefinition*|namespace/*|ns/*|pvc/*|pv/*|node/*",
        "critical",
        "deletes a whole part of a cluster with all that is in it",
      ],
      ["delete --all|-A|--all-namespaces", "critical", "deletes everything of a kind in a cluster"],
      ["delete --dry-run=client|--dry-run=server", "none"],
      ["delete", "high", "deletes a part of a cluster"],
      ["drain", "high", "takes a machine out of a cluster"],
      ["taint @*:NoExecute", "high", "takes a machine out of a cluster"],
      ["adm prune !--confirm", "none"],
      ["adm drain|prune", "high", "takes a machine out of a cluster, or deletes a part of it"],
      ["patch|edit -p=*finalizers*|--patch=*finalizers*", "high", "lets a part of a cluster be deleted unfinished"],
      ["replace --force", "high", "deletes and makes again a part of a cluster"],
      ["apply --prune|--force", "high", "deletes in a cluster what is not in the files"],
      ["scale --replicas=0", "high", "stops a service"],
      ["rollout undo", "medium", "takes a service back to what it was before"],
      ["certificate|adm|auth deny|remove-role-from-user|policy", "high", "changes who may do what in a cluster"],
      [
        "create clusterrolebinding|rolebinding --clusterrole=cluster-admin|--clusterrole=admin",
        "high",
        "lets somebody do anything in a cluster",
      ],
      [
        "get|describe|logs|explain|top|version|cluster-info|api-resources|api-versions|diff|events|wait|whoami|status|projects|options|completion|kustomize|help",
        "none",
      ],
      ["config|rollout|auth get*|view|current-context|status|history|can-i", "none"],
      ["config use-context|set-context|set|use|rename-context", "medium", "changes which cluster is meant"],
      ["config delete-*|unset", "medium", "forgets a cluster"],
      ["exec|cp|port-forward|proxy|attach|debug|run", "medium", "reaches into a cluster"],
    ],
    otherwise: ["medium", "changes a cluster"],
  },
  helm: {
    values: "-n --namespace --kube-context --kubeconfig -f --values --set --version",
    rows: [
      ["uninstall|delete|del|un", "high", "deletes a service with what belongs to it"],
      ["rollback", "high", "takes a service back to what it was before"],
      ["upgrade --force|--reset-values", "high", "replaces a service by force"],
      ["list|ls|status|get|history|show|search|template|lint|version|env|verify|dependency|help|inspect", "none"],
      ["repo|plugin remove|rm|uninstall", "medium", "forgets a source of charts"],
    ],
    otherwise: ["medium", "changes a service"],
  },
  "helmfile helmsman skaffold tilt kustomize flux argocd kapp": {
    rows: [
      ["destroy|delete|uninstall|down", "high", "deletes services with what belongs to them"],
      ["* delete|uninstall|rm|terminate-op|remove", "high", "deletes services with what belongs to them"],
      ["* sync --prune|--force|--replace", "high", "deletes in a cluster what is not in the files"],
      ["list|status|diff|get|logs|check|build|render|template|version|lint", "none"],
      ["* get|list|diff|history|logs|manifests|resources|wait", "none"],
    ],
    otherwise: ["medium", "changes a cluster"],
  },
  "minikube kind k3d colima vagrant multipass lima limactl": {
    wraps: [
      { path: "ssh", after: "--", text: true },
      { path: "exec", skip: 1 },
      { path: "shell", skip: 1 },
    ],
    carries: [{ language: "shell", options: "-c --command" }],
    values: "-c --command -n --name -p --profile",
    rows: [
      ["delete|destroy|purge|prune|rm", "high", "deletes a machine with all that is in it"],
      [
        "box|cluster|snapshot|node|registry delete|remove|prune|restore",
        "high",
        "deletes a machine with all that is in it",
      ],
      ["status|list|ls|ip|version|info|get|logs|global-status|service|profile|ssh-config|validate|find", "none"],
    ],
    otherwise: ["medium", "starts or changes a machine"],
  },
  "k3s-uninstall.sh k3s-agent-uninstall.sh k3s-killall.sh rke2-uninstall.sh": {
    otherwise: ["critical", "deletes a cluster with all that is in it"],
  },
  kubeadm: {
    rows: [
      ["reset", "critical", "takes a machine out of its cluster and deletes what it knew"],
      ["version|config|token|certs list|print|check-expiration", "none"],
    ],
    otherwise: ["medium", "changes a cluster"],
  },
  kops: {
    rows: [
      ["delete cluster --yes|-y", "critical", "deletes a cluster"],
      ["delete --yes|-y", "high", "deletes a part of a cluster"],
      ["delete", "medium", "shows what would be deleted"],
      ["get|version|validate|toolbox", "none"],
    ],
    otherwise: ["medium", "changes a cluster"],
  },
  "eksctl kubespray rke": {
    rows: [
      ["delete|drain|remove|rm", "critical", "deletes a cluster"],
      ["get|version|utils|validate|describe", "none"],
    ],
    otherwise: ["medium", "changes a cluster"],
  },
  etcdutl: {
    rows: [
      ["snapshot restore|defrag|migrate", "high", "takes a cluster back to what it was before"],
      ["snapshot status|hashkv", "none"],
    ],
    otherwise: ["medium", "changes a cluster"],
  },
  etcdctl: {
    rows: [
      ["del --prefix|--from-key", "critical", "deletes many keys of a cluster"],
      ["member|user|role|lease|auth list|get|status", "none"],
      ["del|rm|rmdir|compaction|defrag|member|user|role|auth|lease", "high", "deletes a part of a cluster"],
      ["snapshot restore", "high", "takes a cluster back to what it was before"],
      ["get|ls|endpoint|version|watch", "none"],
    ],
    otherwise: ["medium", "changes a cluster"],
  },
  virsh: {
    rows: [
      [
        "undefine|destroy|vol-delete|pool-delete|pool-destroy|net-destroy|net-undefine|snapshot-delete|snapshot-revert|vol-wipe|shutdown|detach-disk|blockcommit|managedsave-remove|reset",
        "high",
        "stops or deletes machines",
      ],
      ["list|dominfo|domstate|dumpxml|*-list|*-info|*-dumpxml|version|nodeinfo", "none"],
    ],
    otherwise: ["medium", "changes machines"],
  },
  "VBoxManage vboxmanage": {
    rows: [
      ["unregistervm|closemedium --delete", "critical", "deletes a machine with all that is in it"],
      ["unregistervm", "high", "forgets a machine"],
      ["snapshot * delete|restore", "high", "throws away what changed since a snapshot"],
      ["controlvm * poweroff|reset", "high", "switches a machine off"],
      ["list|showvminfo|guestproperty", "none"],
    ],
    otherwise: ["medium", "changes machines"],
  },
  "qm pct": {
    rows: [
      ["destroy", "critical", "deletes a machine with all that is in it"],
      ["stop|shutdown|rollback|delsnapshot|reset|unlink", "high", "stops a machine, or throws away what is in it"],
      ["list|status|config|listsnapshot", "none"],
    ],
    otherwise: ["medium", "changes machines"],
  },
  dockerd: {
    values: "-H --host -g --data-root",
    rows: [
      ["-H=*0.0.0.0*|--host=*0.0.0.0*", "high", "lets everybody on the network run anything"],
      ["--validate|-v|--version", "none"],
    ],
    otherwise: ["medium", "runs containers"],
  },
  "qemu-img": {
    rows: [
      ["info|check|compare|map|measure", "none"],
      ["resize|snapshot|commit|rebase --shrink|-a|-d", "high", "throws away what changed since a snapshot"],
      ["create|convert|dd <device>", "critical", "writes over a disk"],
      ["create|convert", "medium", "writes a disk image"],
    ],
    otherwise: ["medium", "changes a disk image"],
  },
  vmkfstools: {
    rows: [
      ["-U|-w|-K|-C|--deletevirtualdisk|--writezeros|--createfs", "high", "deletes or wipes a disk of a machine"],
      ["-P|-q|--queryfs", "none"],
    ],
    otherwise: ["medium", "changes disks of machines"],
  },
  pvesm: {
    rows: [
      ["free|remove", "high", "deletes disks of machines"],
      ["list|status|path|scan", "none"],
    ],
    otherwise: ["medium", "changes disks of machines"],
  },
  "govc xe esxcli ovirt": {
    values: "--enabled -e --username --server",
    wordOptions: true,
    rows: [
      ["vm.power -on", "medium", "starts a machine"],
      ["network firewall set|unload --enabled=false|-e=false", "high", "takes the firewall's rules away"],
      ["network firewall unload", "high", "takes the firewall's rules away"],
      ["system shutdown|maintenanceMode", "high", "stops a machine with all that runs on it"],
      [
        "vm.destroy|datastore.rm|object.destroy|vm.power|snapshot.remove|vm-destroy|vm-uninstall|vdi-destroy|sr-destroy|pool.destroy|host.remove",
        "critical",
        "deletes machines or their data",
      ],
      ["*.info|*.ls|ls|*-list|about", "none"],
    ],
    otherwise: ["medium", "changes machines"],
  },
};
