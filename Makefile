# Every verb is one line; the scripts behind them find a JDK 25 by themselves.
JDK := deploy/local/with-jdk.sh
MVN := $(JDK) mvn -q
.DEFAULT_GOAL := build
.PHONY: build check test scripts-rewrite simulate kills run cluster bench

build: ## Builds the server's jar.
	@$(MVN) package -DskipTests -pl broker-server/node -am

check: ## Runs every gate and the tests that need no cluster.
	@$(MVN) verify -pl '!chaos-tests'

test: ## Runs every gate and every test; installs the client SDKs that the tests use.
	@chaos-tests/src/test/clients/install.sh && $(JDK) mvn verify

scripts-rewrite: ## Rewrites the expected parts of the scripts; review the diff.
	@$(MVN) test -pl storage/state-machine -am -Dtest='ScriptTest' -Dsurefire.failIfNoSpecifiedTests=false -Dscripts.rewrite=true

simulate: ## Runs the whole cluster in one thread: make simulate SEEDS=100000 FIRST=1, or SEED=17, or TRACE=17
	@$(MVN) verify -pl chaos-tests -am -Dtest='ClusterSimulatorTest#promisesHold' -Dsurefire.failIfNoSpecifiedTests=false -Dsimulator.seeds=$(or $(SEEDS),10000) -Dsimulator.first=$(or $(FIRST),1) $(if $(SEED),-Dsimulator.seed=$(SEED)) $(if $(TRACE),-Dsimulator.trace=$(TRACE))

kills: ## Kills nodes under load: make kills KILLS=20
	@chaos-tests/src/test/clients/install.sh && $(MVN) verify -pl chaos-tests -am -Dtest='KillTest,FanOutTest' -Dsurefire.failIfNoSpecifiedTests=false -Dtern.chaos.kills=$(or $(KILLS),10) -Dtern.chaos.fanOutKills=$(or $(KILLS),10)

run: build ## Serves one durable node with data in ./data: make run ARGS="--port 9324"
	@$(JDK) deploy/local/serve.sh $(ARGS)

cluster: build ## Serves three nodes in three zones on this machine.
	@$(JDK) deploy/local/cluster.sh $(ARGS)

bench: build ## Measures one node, three nodes and ElasticMQ in one run: make bench ARGS="--quick"
	@$(JDK) chaos-tests/load/bench.sh $(ARGS)
