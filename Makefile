# Every verb is one line; the scripts behind them find a JDK 25 by themselves.
JDK := deploy/local/with-jdk.sh
MVN := $(JDK) mvn -q
.DEFAULT_GOAL := build
.PHONY: build check test scripts-rewrite cli-docs simulate kills chaos mutations recovery image run cluster bench

build: ## Builds the jar of the server and of the command tern.
	@$(MVN) package -DskipTests -pl broker-server/node -am
	@$(JDK) deploy/local/class-cache.sh || echo 'No class archive: the command tern starts slower.'

check: ## Runs every gate and the tests that need no cluster.
	@$(MVN) verify -pl '!chaos-tests'

test: ## Runs every gate and every test; installs the client SDKs that the tests use.
	@chaos-tests/src/test/clients/install.sh && $(JDK) mvn verify

scripts-rewrite: ## Rewrites the expected parts of the scripts; review the diff.
	@$(MVN) test -pl storage/state-machine -am -Dtest='ScriptTest' -Dsurefire.failIfNoSpecifiedTests=false -Dscripts.rewrite=true

cli-docs: ## Rewrites docs/cli.md from the commands.
	@$(MVN) test -pl broker-server/node -am -Dtest='CommandPagesTest' -Dsurefire.failIfNoSpecifiedTests=false -Dcli.rewrite=true

simulate: ## Runs the whole cluster in one thread: make simulate SEEDS=100000 FIRST=1, or SEED=17, or TRACE=17
	@$(MVN) verify -pl chaos-tests -am -Dtest='ClusterSimulatorTest#promisesHold' -Dsurefire.failIfNoSpecifiedTests=false -Dsimulator.seeds=$(or $(SEEDS),10000) -Dsimulator.first=$(or $(FIRST),1) $(if $(SEED),-Dsimulator.seed=$(SEED)) $(if $(TRACE),-Dsimulator.trace=$(TRACE))

kills: ## Kills nodes under load: make kills KILLS=20
	@chaos-tests/src/test/clients/install.sh && $(MVN) verify -pl chaos-tests -am -Dtest='KillTest,FanOutTest' -Dsurefire.failIfNoSpecifiedTests=false -Dtern.chaos.kills=$(or $(KILLS),10) -Dtern.chaos.fanOutKills=$(or $(KILLS),10)

chaos: build ## Random faults on nodes in containers: make chaos SEED=1 SEEDS=10 MINUTES=30
	@$(JDK) chaos-tests/chaos.sh ChaosMain -Dchaos.seed=$(or $(SEED),1) -Dchaos.seeds=$(or $(SEEDS),10) -Dchaos.minutes=$(or $(MINUTES),600) $(ARGS)

mutations: build ## Proves on containers that checkers can fail: four planted bugs, each found.
	@$(JDK) chaos-tests/chaos.sh MutationMain $(ARGS)

recovery: build ## Measures how long queues take no message after a fault: make recovery TIMES=100
	@$(JDK) chaos-tests/chaos.sh RecoveryMain -Dchaos.times=$(or $(TIMES),10) $(ARGS)

image: build ## Builds the image of a node on this machine's JDK: make image TAG=tern:local
	@deploy/image/build.sh $(or $(TAG),tern:local)

run: build ## Serves one durable node with data in ./data: make run ARGS="--port 9324"
	@$(JDK) deploy/local/serve.sh $(ARGS)

cluster: build ## Serves three nodes in three zones on this machine.
	@$(JDK) deploy/local/cluster.sh $(ARGS)

bench: build ## Measures one node, three nodes and ElasticMQ in one run: make bench ARGS="--quick"
	@$(JDK) chaos-tests/load/bench.sh $(ARGS)
