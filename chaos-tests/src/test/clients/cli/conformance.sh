#!/bin/sh
# The AWS command line against a Tern server, as an operator would use it.
# Usage: conformance.sh <path of aws> <endpoint> [<endpoint> ...]
# Ends with 1 and a message at the first case that fails.
set -eu

aws=$1
shift
endpoints=$*
export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=us-east-1
export AWS_EC2_METADATA_DISABLED=true AWS_MAX_ATTEMPTS=1 AWS_PAGER= AWS_CONFIG_FILE=/dev/null
unset AWS_PROFILE AWS_SESSION_TOKEN || true

# Each call goes to the next node.
turn=0
sqs() {
  set -- "$@"
  count=$(echo "$endpoints" | wc -w)
  turn=$((turn % count + 1))
  endpoint=$(echo "$endpoints" | cut -d' ' -f$turn)
  "$aws" --endpoint-url "$endpoint" --output text sqs "$@"
}

fail() {
  echo "FAILED: $*" >&2
  exit 1
}

equal() { # what, actual, expected
  [ "$2" = "$3" ] || fail "$1: expected '$3' but was '$2'"
  echo "ok $1"
}

refused() { # what, code, command...
  what=$1
  code=$2
  shift 2
  if sqs "$@" >"$scratch/out" 2>&1; then
    fail "$what: not refused"
  fi
  grep -q "($code)" "$scratch/out" || fail "$what: expected $code but was: $(cat "$scratch/out")"
  echo "ok $what"
}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"$aws" --version

name=cli-$$-$(date +%s)
url=$(sqs create-queue --queue-name "$name" --attributes VisibilityTimeout=45 --query QueueUrl)
case $url in */000000000000/"$name") echo "ok create-queue" ;; *) fail "create-queue: $url" ;; esac
found=$(sqs get-queue-url --queue-name "$name" --query QueueUrl)
equal get-queue-url "${found##*/}" "$name"
equal list-queues "$(sqs list-queues --queue-name-prefix "$name" --query 'length(QueueUrls)')" 1
sqs set-queue-attributes --queue-url "$url" --attributes MaximumMessageSize=2048
equal get-queue-attributes "$(sqs get-queue-attributes --queue-url "$url" --attribute-names All \
  --query '[Attributes.VisibilityTimeout,Attributes.MaximumMessageSize]' | tr '\t' ' ')" "45 2048"

md5=$(sqs send-message --queue-url "$url" --message-body "one <&> two" \
  --message-attributes 'Foo={DataType=String,StringValue=Bar}' --query MD5OfMessageAttributes)
equal send-message "$md5" ae7155c6026991b6d54b11589678bf9c
sqs receive-message --queue-url "$url" --wait-time-seconds 5 --message-attribute-names All \
  --query 'Messages[0].[Body,MessageAttributes.Foo.StringValue,ReceiptHandle]' >"$scratch/message"
equal receive-message "$(cut -f1,2 "$scratch/message")" "$(printf 'one <&> two\tBar')"
handle=$(cut -f3 "$scratch/message")
sqs change-message-visibility --queue-url "$url" --receipt-handle "$handle" --visibility-timeout 0
equal change-message-visibility "$(sqs receive-message --queue-url "$url" --wait-time-seconds 5 \
  --query 'length(Messages)')" 1
sqs delete-message --queue-url "$url" --receipt-handle "$handle"
equal send-message-batch "$(sqs send-message-batch --queue-url "$url" --entries \
  'Id=a,MessageBody=m' 'Id=b,MessageBody=m,DelaySeconds=901' \
  --query '[Successful[0].Id,Failed[0].Id,Failed[0].Code]' | tr '\t' ' ')" \
  "a b InvalidParameterValue"
handle=$(sqs receive-message --queue-url "$url" --wait-time-seconds 5 \
  --query 'Messages[0].ReceiptHandle')
equal change-message-visibility-batch "$(sqs change-message-visibility-batch --queue-url "$url" \
  --entries "Id=a,ReceiptHandle=$handle,VisibilityTimeout=60" --query 'Successful[0].Id')" a
equal delete-message-batch "$(sqs delete-message-batch --queue-url "$url" \
  --entries "Id=a,ReceiptHandle=$handle" 'Id=b,ReceiptHandle=garbage' \
  --query '[Successful[0].Id,Failed[0].Code]' | tr '\t' ' ')" "a ReceiptHandleIsInvalid"

refused "missing queue" AWS.SimpleQueueService.NonExistentQueue \
  send-message --queue-url "$url-missing" --message-body m
refused "bad attribute" InvalidAttributeValue \
  set-queue-attributes --queue-url "$url" --attributes DelaySeconds=901
sqs purge-queue --queue-url "$url"
refused "second purge" AWS.SimpleQueueService.PurgeQueueInProgress purge-queue --queue-url "$url"
sqs delete-queue --queue-url "$url"
refused "deleted queue" AWS.SimpleQueueService.NonExistentQueue \
  get-queue-url --queue-name "$name"
echo "all cases passed"
