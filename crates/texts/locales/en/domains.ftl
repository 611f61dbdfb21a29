# The list.
domains-title = Domains
domains-note = Mail leaves only from domains that DNS vouches for.
domains-add = Add a domain
domains-empty = No domains yet
domains-empty-text = Add the domain your mail comes from. You get five DNS records to publish; they are checked until they are right.
domains-domain = Domain
domains-status = Status
domains-last-check = Last check
domains-status-pending = Not verified
domains-status-verified = Verified
domains-status-drifted = A record is wrong

# One domain with its records.
domains-says-verified = Every record is right: mail may leave from this domain.
domains-says-drifted = Something changed in DNS. Nothing is sent from this domain until the record below is right again.
domains-says-pending = Publish these records at your DNS provider. They are checked by themselves; nothing is sent before all are right.
domains-check = Check now
domains-checking = Checking. The result appears here.
domains-checked = Last checked { $when }
domains-remove-title = Remove this domain?
domains-remove-text = Its key is deleted. Campaigns from { $domain } can no longer be sent. The DNS records can go, too.
domains-remove-yes = Remove the domain
domains-purpose-ownership = Ownership
domains-purpose-return-path = Return path
domains-record-unchecked = Not checked yet
domains-record-pass = Right
domains-record-missing = Not found
domains-record-wrong = Wrong
domains-record-no-answer = No answer
domains-record-value = Value
domains-record-found = Found
# After “Copy”, read out.
domains-record-name-label = the name of the { $record } record
domains-record-value-label = the value of the { $record } record
