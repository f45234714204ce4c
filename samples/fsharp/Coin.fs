/// Is the coin fair? A Beta prior, ten tosses, and the posterior by SVI; the exact answer is Beta(16, 14).
module Coin

open Pyrite
open type Pyrite.Primitives

let model (x: Tensor) =                                  // x: [N], coin tosses
    let bias = Sample("bias", Beta(10.0, 10.0))
    use _ = Plate("tosses", x.Shape[0])
    Sample("toss", Bernoulli bias, observed = x) |> ignore

let guide (_: Tensor) =
    let a = Param("a", 15.0, Constraints.Positive)
    let b = Param("b", 15.0, Constraints.Positive)
    Sample("bias", Beta(a, b)) |> ignore

let run () =
    let tosses = Tensor.From [| 1; 1; 1; 1; 1; 1; 0; 0; 0; 0 |]
    let svi = Svi<Tensor>(model, guide, Adam(learningRate = 0.005), TraceElbo(particles = 4), seed = 1UL)
    for step in 0 .. 2_999 do
        svi.Optimizer.LearningRate <- 0.005 / (1.0 + float step / 500.0)
        svi.Step tosses |> ignore
    let a, b = svi.Parameters["a"].Item(), svi.Parameters["b"].Item()
    let mean = a / (a + b)
    let deviation = sqrt (mean * (1.0 - mean) / (a + b + 1.0))
    printfn $"posterior of the bias: {mean:F3} ± {deviation:F3} (exactly 0.533 ± 0.090)"
    abs (mean - 16.0 / 30.0) < 0.2 * 0.0896 && abs (deviation / 0.0896 - 1.0) < 0.15
