/// Does coaching help? Eight schools, partially pooled (Rubin 1981), by NUTS; the mean of mu is 4.4 in posteriordb.
module EightSchools

open Pyrite
open type Pyrite.Primitives

let y = Tensor.From [| 28.0; 8.0; -3.0; 7.0; -1.0; 1.0; 18.0; 12.0 |]
let sigma = Tensor.From [| 15.0; 10.0; 16.0; 11.0; 9.0; 11.0; 10.0; 18.0 |]

let model () =
    let mu = Sample("mu", Normal(0.0, 5.0))
    let tau = Sample("tau", HalfCauchy 5.0)
    use _ = Plate("schools", 8)
    let theta = Deterministic("theta", mu + tau * Sample("z", Normal(0.0, 1.0)))
    Sample("y", Normal(theta, sigma), observed = y) |> ignore

let run () =
    let posterior = Mcmc.Run(model, Nuts(targetAcceptance = 0.95), seed = 1UL)
    printfn $"{posterior.Summary()}"
    let mean = posterior["mu"].ToArray<float>() |> Array.average
    abs (mean - 4.4) < 0.5
