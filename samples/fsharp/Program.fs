/// dotnet run --project samples/fsharp [-- coin regression schools vae]; without names, all. PYRITE_SHORT=1 makes it a quick check.
module Program

let samples = [ "coin", Coin.run; "regression", Regression.run; "schools", EightSchools.run; "vae", Vae.run ]

[<EntryPoint>]
let main names =
    let results =
        [ for name, run in samples do
              if Array.isEmpty names || Array.contains name names then
                  printfn $"-- {name}"
                  let passed = run ()
                  printfn "%s" (if passed then "check passed" else "check FAILED")
                  passed ]
    if List.forall id results && not results.IsEmpty then 0 else 1
