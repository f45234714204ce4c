open Pyrite
open Pyrite.Plotting
open type Pyrite.Primitives

// A line through eight points: what are its slope and its intercept, and how sure can we be?
let x = Tensor.From [| 0.0; 1.0; 2.0; 3.0; 4.0; 5.0; 6.0; 7.0 |]
let y = Tensor.From [| 1.1; 2.8; 5.2; 7.1; 8.8; 11.3; 12.7; 15.2 |]

let line () =
    let intercept = Sample("intercept", Normal(0.0, 10.0))
    let slope = Sample("slope", Normal(0.0, 10.0))
    let noise = Sample("noise", HalfNormal(1.0))
    use _ = Plate("points", x.Shape[0])
    Sample("y", Normal(intercept + slope * x, noise), observed = y) |> ignore

let posterior = Mcmc.Run(line, chains = 4, warmup = 500, draws = 500, seed = 1UL)
printfn $"{posterior.Summary()}"

DrawsPlots(posterior.Draws, posterior.Statistics).Trace("slope").SavePng "slope.png"
printfn "The draws of the slope: slope.png"
