/// A line through noisy points: an automatic guide fits the posterior of slope, intercept and noise.
module Regression

open Pyrite
open type Pyrite.Primitives

let x = Tensor.LinearSpace(-1.0, 1.0, 100)
let y = 0.5 + 2.0 * x + 0.3 * RandomKey.FromSeed(7UL).Normal x.Shape

let model (x: Tensor) =
    let intercept = Sample("intercept", Normal(0.0, 5.0))
    let slope = Sample("slope", Normal(0.0, 5.0))
    let noise = Sample("noise", HalfNormal 1.0)
    use _ = Plate("points", x.Shape[0])
    Sample("y", Normal(intercept + slope * x, noise), observed = y) |> ignore

let run () =
    let guide = AutoMultivariateNormal<Tensor>(model)
    let svi = Svi<Tensor>(model, (fun x -> guide.Run x), Adam(learningRate = 0.02), TraceElbo(particles = 4), seed = 1UL)
    for _ in 1 .. 2_000 do
        svi.Step x |> ignore
    let medians = guide.Median svi.Parameters
    let found name = medians[name].Item()
    printfn $"""intercept {found "intercept":F2} (made with 0.5), slope {found "slope":F2} (2), noise {found "noise":F2} (0.3)"""
    abs (found "intercept" - 0.5) < 0.12 && abs (found "slope" - 2.0) < 0.2 && abs (found "noise" - 0.3) < 0.1
