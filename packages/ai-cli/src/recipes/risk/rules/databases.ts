import type { RuleTable } from "../table/program.ts";

const DATABASE = "deletes a whole database";

/** Programs for databases, queues, and what keeps their shape. */
export const DATABASES: RuleTable = {
  "psql pgcli cockroach": {
    values: "-c --command -f --file -d --dbname -h --host -p --port -U --username -v --set -o -e --execute --url",
    carries: [{ language: "sql", options: "-c --command -e --execute" }],
    input: "sql",
    rows: [
      [
        "-f=*drop*|-f=*wipe*|-f=*purge*|-f=*truncate*|-f=*delete*|-f=*destroy*|--file=*drop*|--file=*wipe*|--file=*purge*|--file=*truncate*|--file=*delete*",
        "high",
        "runs statements from a file that is called after deleting something",
      ],
      ["-f|--file", "medium", "runs statements from a file that was not read"],
      ["-l|--list|-V", "none"],
    ],
    otherwise: ["low", "talks to a database"],
  },
  "mysql mariadb mycli": {
    values: "-e --execute -h --host -P --port -u --user -D --database -S --socket",
    carries: [{ language: "sql", options: "-e --execute" }],
    input: "sql",
    otherwise: ["low", "talks to a database"],
  },
  "sqlite3 sqlite duckdb litecli": {
    values: "-cmd -init -separator",
    wordOptions: true,
    carries: [
      { language: "sql", operand: 1 },
      { language: "sql", options: "-c -cmd -s --command" },
    ],
    forgets: ":memory:|file::memory:*",
    input: "sql",
    rows: [["-readonly", "none"]],
    otherwise: ["low", "talks to a database"],
  },
  "sqlcmd bcp osql isql tsql": {
    values: "-S -U -P -d -Q -q -i -o",
    carries: [{ language: "sql", options: "-Q -q" }],
    input: "sql",
    otherwise: ["medium", "talks to a database"],
  },
  "sqlplus rman": {
    input: "sql",
    rows: [["@DROP*|drop*|DELETE*|delete*", "high", "deletes a part of a database"]],
    otherwise: ["medium", "talks to a database"],
  },
  "db2 impdp": {
    carries: [
      { language: "sql", operand: 0 },
      { language: "sql", operand: 1 },
    ],
    input: "sql",
    rows: [["@DROP*|drop*|DELETE*|delete*", "high", "deletes a part of a database"]],
    otherwise: ["medium", "talks to a database"],
  },
  "clickhouse-client clickhouse influx cqlsh snowsql trino presto beeline hive impala-shell spark-sql cypher-shell usql vsql nzsql bteq surreal questdb":
    {
      values:
        "-q --query -e --execute -execute -h --host -u --user -p --password -d --database -k --keyspace --org --bucket",
      carries: [
        { language: "sql", options: "-q --query -e --execute -execute" },
        { language: "sql", operand: 0 },
      ],
      input: "sql",
      rows: [
        ["bucket|org|user delete", "high", "deletes a part of a database"],
        ["delete", "high", "deletes data of a database"],
      ],
      otherwise: ["low", "talks to a database"],
    },
  arangosh: {
    values: "--javascript.execute-string --server.endpoint --server.database --server.username --server.password",
    carries: [{ language: "mongo", options: "--javascript.execute-string" }],
    input: "mongo",
    otherwise: ["low", "talks to a database"],
  },
  "mongosh mongo": {
    values: "--eval --host --port -u --username -p --password --authenticationDatabase",
    carries: [{ language: "mongo", options: "--eval" }],
    input: "mongo",
    otherwise: ["low", "talks to a database"],
  },
  "redis-cli valkey-cli keydb-cli": {
    values: "-h -p -n -a -u --user --pass -i -r -s",
    carries: [{ language: "redis", operand: -1 }],
    input: "redis",
    rows: [
      ["check|info --cluster", "none"],
      ["--cluster", "high", "changes which machines a cluster has"],
      ["--scan|--bigkeys|--stat|--latency", "none"],
      ["COMMAND|command", "none"],
    ],
    otherwise: ["low", "talks to a database"],
  },
  "dropdb dropuser pg_dropcluster": { otherwise: ["critical", DATABASE] },
  patronictl: {
    rows: [
      [
        "failover|switchover|reinit|restart|remove|flush|edit-config",
        "high",
        "changes which machine of a cluster leads, or makes it again",
      ],
      ["list|topology|history|show-config|version|query", "none"],
    ],
    otherwise: ["medium", "changes a cluster"],
  },
  dbt: {
    rows: [
      ["run|build --full-refresh", "high", "makes tables again from nothing"],
      ["debug|compile|ls|list|parse|docs|test|deps|show", "low", "works on the project"],
    ],
    otherwise: ["medium", "changes tables of a database"],
  },
  "kafka-storage.sh kafka-storage kafka-leader-election.sh kafka-leader-election kafka-reassign-partitions.sh kafka-reassign-partitions":
    {
      values: "--election-type --bootstrap-server -t -c",
      rows: [
        ["format", "high", "erases what a message broker keeps"],
        ["--election-type=UNCLEAN|--election-type=unclean", "high", "lets a message broker lose messages"],
        ["info", "none"],
        ["--verify|--list|--generate", "none"],
      ],
      otherwise: ["medium", "changes a message broker"],
    },
  "elasticsearch-node opensearch-node": {
    rows: [
      [
        "unsafe-bootstrap|detach-cluster|remove-settings|remove-customs|repurpose|override-version",
        "high",
        "changes a cluster by hand",
      ],
    ],
    otherwise: ["medium", "changes a cluster"],
  },
  "pt-table-sync pt-slave-restart pt-archiver pt-online-schema-change": {
    rows: [
      ["--dry-run|--print !--execute", "none"],
      ["--execute|--purge|--error-numbers|--skip-count", "high", "changes many rows of a database"],
    ],
    otherwise: ["high", "changes many rows of a database"],
  },
  "pt-kill": {
    rows: [
      ["--kill|--kill-query", "high", "ends what others do with a database"],
      ["--print", "none"],
    ],
    otherwise: ["medium", "talks to a database"],
  },
  "pg_resetwal pg_rewind pg_archivecleanup": {
    rows: [["-n|--dry-run", "none"]],
    otherwise: ["critical", "changes a database's files by hand"],
  },
  "createdb createuser pg_createcluster initdb": { otherwise: ["low", "makes a database"] },
  "pg_dump pg_dumpall mysqldump mongodump mongoexport mariadb-dump redis-dump pg_basebackup": {
    values: "-f --file -o --out",
    otherwise: ["low", "copies a database into files"],
  },
  nodetool: {
    wordOptions: true,
    values: "-h -p -u -pw --host --port",
    rows: [
      [
        "assassinate|removenode|decommission|drain|truncatehints|clearsnapshot|stopdaemon|move|disablebinary|disablegossip|disablethrift|resetlocalschema",
        "high",
        "takes a machine out of a cluster, or deletes a part of it",
      ],
      [
        "status|info|ring|netstats|tpstats|describecluster|gossipinfo|listsnapshots|version|getendpoints|*stats",
        "none",
      ],
    ],
    otherwise: ["medium", "changes a cluster"],
  },
  "wal-g wal-e": {
    rows: [
      ["delete !--confirm", "none"],
      ["delete|backup-fetch|wal-restore", "high", "deletes copies of a database, or writes over one"],
      ["backup-list|wal-show|wal-verify", "none"],
    ],
    otherwise: ["low", "copies a database into files"],
  },
  "pgbackrest barman xtrabackup mariabackup innobackupex": {
    rows: [
      ["restore|recover|backup-fetch|wal-restore", "high", "writes over a database"],
      ["--copy-back|--move-back", "high", "writes over a database"],
      ["delete|expire|stanza-delete", "high", "deletes copies of a database"],
      ["info|check|list|list-*|show|show-*|status|version|verify", "none"],
    ],
    otherwise: ["low", "copies a database into files"],
  },
  pg_restore: {
    rows: [
      ["-c|--clean|--if-exists", "high", "replaces a database by a copy"],
      ["-l|--list", "none"],
    ],
    otherwise: ["medium", "brings data into a database"],
  },
  "mongorestore mongoimport": {
    rows: [["--drop", "high", "replaces a database by a copy"]],
    otherwise: ["medium", "brings data into a database"],
  },
  "pg_ctl pg_ctlcluster": {
    rows: [
      ["* * stop", "high", "stops a database"],
      ["stop|kill|promote", "high", "stops a database, or parts it from its copies"],
      ["status", "none"],
    ],
    otherwise: ["medium", "changes how a database runs"],
  },
  mysqladmin: {
    values: "-h -u -P --host --user",
    rows: [
      ["drop", "critical", DATABASE],
      ["-f|--force", "critical", DATABASE],
      ["@drop", "critical", DATABASE],
      ["@shutdown|kill|flush-*|password|stop-*", "high", "stops a database, or changes it"],
      ["status|ping|version|processlist|variables|extended-status", "none"],
    ],
    otherwise: ["medium", "changes a database"],
  },
  mysqlsh: {
    carries: [{ language: "sql", options: "-e --execute" }],
    values: "-e --execute",
    otherwise: ["medium", "talks to a database"],
  },
  "rabbitmqctl rabbitmqadmin": {
    rows: [
      [
        "reset|force_reset|delete_*|purge_queue|clear_*|stop*|forget_cluster_node|delete|purge|close_*|force_boot",
        "high",
        "deletes a part of a message broker",
      ],
      ["set_user_tags @administrator", "high", "lets somebody do anything with a message broker"],
      ["list_*|status|list|show|ping|cluster_status|report|environment", "none"],
    ],
    otherwise: ["medium", "changes a message broker"],
  },
  "kafka-topics kafka-topics.sh kafka-consumer-groups kafka-consumer-groups.sh kafka-configs kafka-configs.sh kafka-delete-records kafka-delete-records.sh kafka-acls kafka-acls.sh":
    {
      values:
        "--bootstrap-server --zookeeper --topic --add-config --entity-type --entity-name --group --config --allow-principal",
      rows: [
        ["--add @User:[*]", "high", "lets everybody use a message broker"],
        ["--add --allow-principal=User:[*]", "high", "lets everybody use a message broker"],
        [
          "--delete|--reset-offsets|--delete-config|--remove|--delete-offsets",
          "high",
          "deletes a part of a message broker",
        ],
        ["--offset-json-file", "high", "deletes messages"],
        [
          "--add-config=*retention.ms=0*|--add-config=*retention.ms=1|--add-config=*retention.ms=1,*|--add-config=*retention.ms=10|--add-config=*retention.ms=100|--add-config=*retention.ms=1000|--add-config=*retention.bytes=0*|--add-config=*retention.bytes=1",
          "high",
          "lets messages be deleted at once",
        ],
        ["--list|--describe", "none"],
      ],
      otherwise: ["medium", "changes a message broker"],
    },
  "nats pulsar-admin rpk kcat": {
    rows: [
      [
        "stream|kv|object|consumer|topic|topics|cluster|namespaces|tenants|group rm|del|delete|purge|rmm|truncate",
        "high",
        "deletes a part of a message broker",
      ],
      ["* ls|list|info|report|describe|get|view", "none"],
    ],
    otherwise: ["medium", "talks to a message broker"],
  },
  "rails gitlab-rails rake bin/rails spring hanami": {
    rows: [
      [
        "db:drop*|db:reset|db:purge|db:migrate:reset|db:schema:load|db:structure:load|db:truncate_all|db:seed:replant|db:environment:set",
        "critical",
        DATABASE,
      ],
      [
        "@db:drop*|db:reset|db:purge|db:migrate:reset|db:truncate_all|db:seed:replant|db:schema:load",
        "critical",
        DATABASE,
      ],
      ["db:rollback|db:migrate:down|db:migrate:redo", "high", "takes back changes of a database"],
      ["destroy|d", "high", "deletes files that it made, changed ones too"],
      ["app:update|log:clear", "medium", "changes files that it made"],
      ["db:setup|db:migrate|db:seed|db:prepare|db:create", "medium", "changes a database"],
      ["routes|about|stats|notes|version|db:version|db:migrate:status", "none"],
      ["-T|--tasks", "none"],
    ],
    values: "-e --environment",
    carries: [{ language: "script", operand: 1 }],
    input: "script",
    inputAlways: true,
    otherwise: ["low", "runs a task of the project"],
  },
  artisan: {
    rows: [
      ["migrate:fresh|migrate:refresh|db:wipe|migrate:reset", "critical", DATABASE],
      [
        "migrate:rollback|queue:clear|queue:flush|model:prune|telescope:clear|schedule:clear-cache|queue:forget|horizon:clear|down|key:generate|passport:purge",
        "high",
        "takes back changes of a database, or deletes what waits",
      ],
      ["migrate|db:seed|tinker|schema:dump", "medium", "changes a database"],
      ["list|route:list|about|env|migrate:status|inspire|help|queue:failed|config:show", "none"],
      [
        "cache:clear|config:clear|route:clear|view:clear|optimize:clear|make:*|optimize|config:cache|test|serve",
        "low",
        "works on the project",
      ],
    ],
    otherwise: ["medium", "runs a task of the project"],
  },
  "manage.py django-admin": {
    rows: [
      ["flush|reset_db|sqlflush-run|drop_test_database|reset_schema|delete_all", "critical", DATABASE],
      ["migrate * zero", "critical", "takes all changes of a database back"],
      [
        "clearsessions|remove_stale_contenttypes|delete*|clear*|truncate*|purge*|wipe*|drop*",
        "high",
        "deletes data of a database",
      ],
      ["dbshell|shell|loaddata|migrate|changepassword|createsuperuser", "medium", "changes a database"],
      ["collectstatic --clear", "medium", "deletes files that it made"],
      ["check|showmigrations|sqlmigrate|diffsettings|help|version|inspectdb|dumpdata|sqlflush", "none"],
    ],
    carries: [{ language: "script", options: "-c --command" }],
    input: "script",
    inputAlways: true,
    values: "-c --command --settings --database",
    otherwise: ["low", "runs a task of the project"],
  },
  "flask alembic": {
    rows: [
      ["db downgrade|drop|drop-all|reset|drop_all", "high", "takes back changes of a database"],
      ["drop*|reset*|init-db|drop-db|reset-db|db-reset|wipe*", "high", DATABASE],
      ["downgrade --sql", "low", "shows what it would do"],
      ["downgrade", "high", "takes back changes of a database"],
      ["upgrade|stamp|db", "medium", "changes a database"],
      ["history|current|heads|show|routes|branches|check", "none"],
    ],
    otherwise: ["low", "runs a task of the project"],
  },
  prisma: {
    rows: [
      ["migrate reset", "critical", DATABASE],
      ["db push --force-reset|--accept-data-loss", "critical", DATABASE],
      ["db execute", "high", "runs statements that were not read"],
      ["migrate|db", "medium", "changes a database"],
      ["validate|version|migrate status|diff", "none"],
    ],
    otherwise: ["low", "works on the project"],
  },
  "sequelize sequelize-cli typeorm typeorm-ts-node-commonjs typeorm-ts-node-esm knex drizzle-kit mikro-orm migrate goose dbmate flyway liquibase atlas-db sqlx diesel sea-orm-cli sea node-pg-migrate db-migrate umzug phinx doctrine sqitch bytebase":
    {
      values: "-path --path -database --database -dir -url -d --url",
      rows: [
        ["schema:sync", "high", "changes tables to what a program wants"],
        [
          "db:drop|schema:drop|clean|drop|dropAll|drop-all|database:drop|doctrine:database:drop|doctrine:schema:drop|nuke|fresh|schema:fresh|migration:fresh|reset|migrate:reset",
          "critical",
          DATABASE,
        ],
        ["* drop|reset|fresh|clean", "critical", DATABASE],
        ["* * drop|clean", "critical", DATABASE],
        [
          "down|down-*|undo|rollback|revert|redo|*:undo*|*:revert|*:rollback|*:down|downgrade|rollback-*|force|migration:down|rollbackCount|rollbackToDate",
          "high",
          "takes back changes of a database",
        ],
        ["* down|revert|redo|rollback|undo|reset", "high", "takes back changes of a database"],
        ["@down|drop", "high", "takes back changes of a database"],
        ["status|info|validate|version|generate|list|history|check|*:status|diff", "none"],
      ],
      otherwise: ["medium", "changes a database"],
    },
  "bin/console console symfony": {
    rows: [
      [
        "doctrine:database:drop|doctrine:schema:drop|d:d:d|d:s:d|doctrine:fixtures:load|doctrine:mongodb:schema:drop",
        "critical",
        DATABASE,
      ],
      ["console doctrine:database:drop|doctrine:schema:drop", "critical", DATABASE],
      ["doctrine:migrations:migrate prev|first|0", "high", "takes back changes of a database"],
      ["cache:clear|debug:*|lint:*|list|about", "low", "works on the project"],
    ],
    otherwise: ["medium", "runs a task of the project"],
  },
  "drush wp": {
    rows: [
      ["sql-drop|sql:drop|site-install|si|site:install", "critical", DATABASE],
      ["db drop|reset|clean", "critical", DATABASE],
      [
        "site|user|post|plugin|theme|option|comment|term|menu|media|role|transient|widget delete|empty|uninstall|spam|trash",
        "high",
        "deletes content of a site",
      ],
      ["db query", "medium", "runs statements in a database"],
      ["entity:delete|pm-uninstall|pmu|pm:uninstall|sql-cli|user:cancel", "high", "deletes content of a site"],
      ["search-replace", "high", "changes all of a site's content"],
      ["* list|get|status|info|version|is-installed", "none"],
    ],
    carries: [{ language: "sql", operand: 2 }],
    otherwise: ["medium", "changes a site"],
  },
  "curator elasticdump": { otherwise: ["high", "deletes or moves indexes of a search engine"] },
  "hdfs hadoop": {
    rows: [
      ["dfs|fs -rm|-rmr|-rmdir|-expunge|-rm|-truncate", "high", "deletes files of a cluster"],
      ["namenode -format", "critical", "erases all files of a cluster"],
      ["namenode @-format", "critical", "erases all files of a cluster"],
      ["dfs|fs -setrep @1", "high", "keeps fewer copies of files"],
      ["dfs|fs -put|-copyFromLocal|-moveFromLocal -f", "high", "replaces files of a cluster"],
      ["dfs|fs -ls|-cat|-du|-df|-count|-tail|-stat|-test|-head", "none"],
    ],
    wordOptions: true,
    otherwise: ["medium", "changes files of a cluster"],
  },
};
