# Numbers do not depend on the locale, one with a decimal comma if there is one.
# SPDX-License-Identifier: GPL-3.0-or-later
traincost 8.5e1xH800 --hours 1.5 --price 2.25 --format json >"$scratch/c"
traincost 8.5e1xH800 --hours 1.5 --price 2.25 >"$scratch/c.text"
for name in de_DE.UTF-8 de_DE.utf8 fr_FR.UTF-8 fr_FR.utf8 C.UTF-8 $(locale -a 2>/dev/null | grep -E '^(de|fr|nl|da|it)_' | head -n 3); do
    LC_ALL=$name traincost 8.5e1xH800 --hours 1.5 --price 2.25 --format json 2>/dev/null | cmp - "$scratch/c"
    LC_ALL=$name traincost 8.5e1xH800 --hours 1.5 --price 2.25 2>/dev/null | cmp - "$scratch/c.text"
done
echo done
