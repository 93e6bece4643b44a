#!/bin/sh
# The AWS command line's SNS commands against a Tern server, as an operator would use them.
# Usage: conformance_sns.sh <path of aws> <endpoint> [<endpoint> ...]
# Ends with 1 and a message at the first case that fails. Each call starts an interpreter, so there
# are few; boto3, which it is made of, tries the rest.
set -eu

aws=$1
shift
endpoints=$*
export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=us-east-1
export AWS_EC2_METADATA_DISABLED=true AWS_MAX_ATTEMPTS=1 AWS_PAGER= AWS_CONFIG_FILE=/dev/null
unset AWS_PROFILE AWS_SESSION_TOKEN || true
account=000000000000

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# Each call goes to the next node. The turn is in a file: most calls are made in subshells.
count=$(echo "$endpoints" | wc -w)
echo 0 >"$scratch/turn"
call() { # service, command...
  turn=$(($(cat "$scratch/turn") % count + 1))
  echo $turn >"$scratch/turn"
  endpoint=$(echo "$endpoints" | cut -d' ' -f$turn)
  "$aws" --endpoint-url "$endpoint" --output text "$@"
}

fail() {
  echo "FAILED: $*" >&2
  exit 1
}

equal() { # what, actual, expected
  [ "$2" = "$3" ] || fail "$1: expected '$3' but was '$2'"
  echo "ok $1"
}

refused() { # what, code, text, command...
  what=$1
  code=$2
  text=$3
  shift 3
  if call "$@" >"$scratch/out" 2>&1; then
    fail "$what: not refused"
  fi
  grep -qF "($code)" "$scratch/out" && grep -qF ": $text" "$scratch/out" ||
    fail "$what: expected $code, $text, but was: $(cat "$scratch/out")"
  echo "ok $what"
}

"$aws" --version

name=cli-sns-$$-$(date +%s)
topic=$(call sns create-topic --name "$name" --attributes DisplayName=Tea --tags Key=team,Value=tea \
  --query TopicArn)
equal create-topic "$topic" "arn:aws:sns:us-east-1:$account:$name"
equal get-topic-attributes "$(call sns get-topic-attributes --topic-arn "$topic" \
  --query '[Attributes.DisplayName,Attributes.Owner,Attributes.SubscriptionsConfirmed]' |
  tr '\t' ' ')" "Tea $account 0"
equal list-tags-for-resource "$(call sns list-tags-for-resource --resource-arn "$topic" \
  --query 'Tags[0].[Key,Value]' | tr '\t' ' ')" "team tea"
equal list-topics "$(call sns list-topics --query "length(Topics[?TopicArn=='$topic'])")" 1

url=$(call sqs create-queue --queue-name "$name" --query QueueUrl)
subscription=$(call sns subscribe --topic-arn "$topic" --protocol sqs \
  --notification-endpoint "arn:aws:sqs:us-east-1:$account:$name" \
  --attributes '{"RawMessageDelivery": "true", "FilterPolicy": "{\"kind\": [\"green\"]}"}' \
  --query SubscriptionArn)
case $subscription in "$topic":*) echo "ok subscribe" ;; *) fail "subscribe: $subscription" ;; esac
equal list-subscriptions-by-topic "$(call sns list-subscriptions-by-topic --topic-arn "$topic" \
  --query 'Subscriptions[].SubscriptionArn')" "$subscription"
call sns publish --topic-arn "$topic" --message 'black tea' \
  --message-attributes 'kind={DataType=String,StringValue=black}' >"$scratch/published"
equal publish-batch "$(call sns publish-batch --topic-arn "$topic" --publish-batch-request-entries \
  '[{"Id": "a", "Message": "green <&> tea", "MessageAttributes":
     {"kind": {"DataType": "String", "StringValue": "green"}}}]' \
  --query '[Successful[0].Id,length(Failed)]' | tr '\t' ' ')" "a 0"
equal receive-message "$(call sqs receive-message --queue-url "$url" --wait-time-seconds 10 \
  --max-number-of-messages 10 --message-attribute-names All \
  --query 'Messages[].[Body,MessageAttributes.kind.StringValue]')" \
  "$(printf 'green <&> tea\tgreen')"

call sns unsubscribe --subscription-arn "$subscription"
call sns delete-topic --topic-arn "$topic"
refused "deleted topic" NotFound "Topic does not exist" \
  sns publish --topic-arn "$topic" --message m
refused "bad name" InvalidParameter "Invalid parameter: Topic Name" sns create-topic --name 'tea!'
echo "all cases passed"
