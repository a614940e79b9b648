# Text samples only what it shows, which moves no figure: all outputs add rows, and a tolerance is met as in JSON.
all=$(traincost 8xH100 --hours 10 --format csv | sed '1d; s/,.*//' | paste -s -d , -)
traincost 8xH100 --hours 10 >"$scratch/usual"
traincost 8xH100 --hours 10 --outputs "$all" | diff "$scratch/usual" -
traincost 8xH100 --hours 10 --tolerance 0.2% | grep Samples
traincost 8xH100 --hours 10 --tolerance 0.2% --format json | grep '"samples"'
