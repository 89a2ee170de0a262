import type { RiskLevel } from "../risk-level.ts";

/** What a call in Python, JavaScript, Ruby, Perl, PHP and their like does. */
export type CallEffect =
  /** Deletes what it is given. */
  | "deletes"
  /** Runs its texts as a command. */
  | "runs"
  /** Does that if its texts are a command. */
  | "may run"
  /** Opens or writes a file. */
  | "writes"
  /** Makes code of data. */
  | "evaluates"
  /** Makes text of what nobody can read. */
  | "decodes"
  /** Brings something from a network, or sends it. */
  | "connects"
  /** Runs SQL. */
  | "queries";

/** Calls by name; a name with a dot must end so, one without is the last part of any. Separated by spaces. */
export const SCRIPT_CALLS: readonly (readonly [names: string, effect: CallEffect])[] = [
  [
    "rm shutil.rmtree rmtree os.remove os.unlink os.rmdir os.removedirs os.truncate unlink unlinkSync rmSync rmdirSync rmdir removeSync rimraf rimrafSync emptyDir emptyDirSync fs.rm fsp.rm promises.rm " +
      "File.delete File.unlink Dir.delete Dir.unlink FileUtils.rm FileUtils.rm_r FileUtils.rm_f FileUtils.rm_rf FileUtils.remove FileUtils.remove_dir FileUtils.remove_entry FileUtils.remove_entry_secure FileUtils.rmtree rm_rf rm_r " +
      "remove_tree truncateSync fs.truncate os.RemoveAll os.Remove Deno.remove Deno.removeSync Files.delete Files.deleteIfExists deleteRecursively deleteDirectory forceDelete send2trash trash.rmtree del deleteSync fs.remove file.remove unlink_recursive delete_folder delete_directory delete_file delete_directory_tree delete_directory_and_files unlinkAsync rmAsync rm_tree rmDir removeTree deleteFolder fs.rmdir rm_p FileUtils.deleteDirectory Pathname.delete removeDirSync rmdirSync del_tree truncate",
    "deletes",
  ],
  [
    "os.system system popen os.popen Popen subprocess.run subprocess.call subprocess.check_call subprocess.check_output subprocess.getoutput subprocess.getstatusoutput execSync spawnSync execFileSync spawn execFile " +
      "cp.exec child_process.exec process.exec shell_exec passthru proc_open pcntl_exec os.execv os.execvp os.execl os.execlp os.execve os.spawnl os.spawnlp IO.popen Open3.capture2 Open3.capture3 Open3.capture2e Kernel.system Kernel.exec " +
      "pty.spawn Deno.run Deno.Command Bun.spawn Bun.spawnSync execa execaSync shelljs.exec sh.exec os.execute io.popen Runtime.exec qx shell_command shell_command_to_string async_shell_command call_process start_process run_program check_call_shell getstatusoutput Process.spawn IO.popen Shell.new conn.run c.run c.sudo Connection.run connection.run",
    "runs",
  ],
  ["run call check_call check_output getoutput exec start sh", "may run"],
  [
    "open io.open writeFileSync writeFile appendFileSync fs.writeFile File.write File.open IO.write file_put_contents fopen write_text write_bytes createWriteStream Deno.writeTextFile Path",
    "writes",
  ],
  [
    "eval Function compile execfile instance_eval class_eval assert create_function vm.runInThisContext vm.runInNewContext loads pickle.loads marshal.loads",
    "evaluates",
  ],
  [
    "b64decode base64.b64decode atob base64_decode decode_base64 Base64.decode64 fromhex bytes.fromhex unhexlify zlib.decompress gzinflate gzuncompress str_rot13 pack unpack codecs.decode fromCharCode",
    "decodes",
  ],
  [
    "urlopen urllib.request.urlopen urlretrieve requests.get requests.post requests.put requests.delete requests.request requests.patch httpx.request httpx.delete axios http.client urllib3 aiohttp.request urllib.request.Request Net.HTTP Net.HTTP.start LWP.UserAgent HTTP.Request curl_setopt curl_exec Faraday.delete HTTParty.delete RestClient.delete Typhoeus.delete URI.open OpenURI.open_uri httpx.get httpx.post fetch http.get https.get http.request https.request axios.get axios.post axios.delete Net.HTTP.get open_uri file_get_contents LWP.Simple.get socket socket.socket net.connect net.Socket TCPSocket.new fsockopen IO.Socket.INET",
    "connects",
  ],
  ["execute executemany executescript query db.query raw execute_sql mysqli_query pg_query", "queries"],
];

/** What calls mean that say by their name what they do. */
export type NamedCalls = Readonly<Record<string, readonly [level: RiskLevel, reason: string]>>;

const DELETES_THERE = ["high", "tells a server to delete something"] as const;

/** Names that say by themselves what is done. */
export const SCRIPT_NAMES: NamedCalls = {
  dropDatabase: ["critical", "deletes a whole database"],
  "db.drop": ["critical", "deletes a whole database"],
  drop_database: ["critical", "deletes a whole database"],
  dropCollection: ["high", "deletes a collection"],
  "collection.drop": ["high", "deletes a collection"],
  drop_all: ["critical", "deletes all tables of a database"],
  dropAllTables: ["critical", "deletes all tables of a database"],
  dropSchema: ["critical", "deletes a whole database"],
  drop_table: ["high", "deletes a table"],
  dropTable: ["high", "deletes a table"],
  dropIndexes: ["high", "deletes a database's indexes"],
  dropUser: ["high", "deletes a user of a database"],
  deleteMany: ["high", "deletes many records"],
  delete_many: ["high", "deletes many records"],
  deleteOne: ["high", "deletes a record"],
  delete_one: ["high", "deletes a record"],
  destroy_all: ["high", "deletes many records"],
  delete_all: ["high", "deletes many records"],
  destroyAll: ["high", "deletes many records"],
  deleteAll: ["high", "deletes many records"],
  bulkDelete: ["high", "deletes many records"],
  flushall: ["critical", "empties a database"],
  flushdb: ["critical", "empties a database"],
  flushAll: ["critical", "empties a database"],
  shutdownServer: ["high", "stops a database"],
  "sh.removeShard": ["high", "takes a cluster apart"],
  "rs.remove": ["high", "takes a cluster apart"],
  "rs.reconfig": ["high", "changes which machines a cluster has"],
  "os.kill": ["medium", "ends processes"],
  "process.kill": ["medium", "ends processes"],
  "Process.kill": ["medium", "ends processes"],
  "os.chmod": ["medium", "changes permissions"],
  "os.chown": ["medium", "changes permissions"],
  delete_bucket: ["critical", "deletes a bucket with all that is in it"],
  deleteBucket: ["critical", "deletes a bucket with all that is in it"],
  delete_object: ["high", "deletes objects"],
  delete_objects: ["high", "deletes objects"],
  terminate_instances: ["high", "deletes machines"],
  force_delete: ["high", "deletes things"],
  "requests.delete": DELETES_THERE,
  "httpx.delete": DELETES_THERE,
  "axios.delete": DELETES_THERE,
  "HTTParty.delete": DELETES_THERE,
  "RestClient.delete": DELETES_THERE,
  "Faraday.delete": DELETES_THERE,
  "HTTP.Delete": DELETES_THERE,
  "got.delete": DELETES_THERE,
  "ky.delete": DELETES_THERE,
  expunge: ["high", "deletes mail"],
  erase_buffer: ["medium", "empties a buffer"],
  kill_emacs: ["low", "ends the editor"],
};

/** Names of methods that delete what they are called on. */
export const DELETING_METHODS: ReadonlySet<string> = new Set(
  "delete destroy terminate purge drop wipe unlink rmtree delete! destroy! expunge remove truncate deleteAll removeAll".split(
    " ",
  ),
);

/** Libraries whose things are on other machines or in databases, by the first part of their names. */
export const CLIENT_LIBRARIES: ReadonlySet<string> = new Set(
  (
    "boto3 boto botocore aioboto3 google googleapiclient azure kubernetes docker requests httpx aiohttp axios got octokit Octokit " +
    "@octokit github Github PyGithub gitlab stripe redis Redis ioredis psycopg psycopg2 pg pymongo mongodb MongoClient mongoose " +
    "sqlalchemy elasticsearch Elasticsearch opensearchpy kafka kafkajs confluent_kafka pika amqplib openstack digitalocean linode_api4 " +
    "hcloud cloudflare CloudFlare heroku3 libcloud novaclient firebase_admin firebase-admin ldap ldap3 imaplib paramiko pysftp ftplib consul hvac etcd3 " +
    "libvirt pyVmomi proxmoxer jenkins jira slack_sdk dropbox minio Minio cassandra neo4j influxdb influxdb_client couchdb aws-sdk @aws-sdk Aws " +
    "@google-cloud @azure @kubernetes dockerode Sequel ActiveRecord sequelize knex mysql mysql2 MySQLdb prisma @prisma PrismaClient typeorm " +
    "django models winrm wandb mlflow huggingface_hub pulumi scaleway ovh zeep"
  ).split(" "),
);

/** The same for a MongoDB shell, where nothing else is called so. */
export const MONGO_NAMES: NamedCalls = {
  ...SCRIPT_NAMES,
  drop: ["high", "deletes a collection"],
  shutdown: ["high", "stops a database"],
  _dropDatabase: ["critical", "deletes a whole database"],
  _drop: ["high", "deletes a collection"],
  _truncate: ["high", "empties a collection"],
  remove: ["high", "deletes records"],
  findOneAndDelete: ["high", "deletes a record"],
  findAndModify: ["medium", "changes records"],
  removeUser: ["high", "deletes a user of a database"],
  dropRole: ["high", "deletes a role of a database"],
  dropIndex: ["high", "deletes a database's index"],
  updateMany: ["medium", "changes many records"],
  convertToCapped: ["high", "deletes what does not fit any more"],
  removeShard: ["high", "takes a cluster apart"],
  expireAfterSeconds: ["medium", "lets a database delete records by itself"],
  renameCollection: ["medium", "renames a collection"],
};
