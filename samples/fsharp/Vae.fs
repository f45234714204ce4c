/// A variational autoencoder on MNIST (Kingma and Welling 2014): networks inside model and guide, trained by SVI.
module Vae

open System
open Pyrite
open Pyrite.Plotting
open type Pyrite.Primitives

type Encoder() =
    inherit Module()
    let hidden = Linear(784, 128)
    let loc = Linear(128, 2)
    let logScale = Linear(128, 2)

    member _.Forward(images: Tensor) =
        let features = hidden.Forward(images.Reshape(-1, 784)).Relu()
        loc.Forward features, logScale.Forward(features).Exp()

type Decoder() =
    inherit Module()
    let hidden = Linear(2, 128)
    let ink = Linear(128, 784)

    member _.Forward(latent: Tensor) = ink.Forward(hidden.Forward(latent).Relu()).Reshape(-1, 1, 28, 28).Sigmoid()

let encoder, decoder = Encoder(), Decoder()

let model (images: Tensor) =                             // images: [N, 1, 28, 28]
    Register("decoder", decoder) |> ignore
    let count = images.Shape[0]
    use _ = Plate("data", count)
    let latent = Sample("latent", Normal(Tensor.Zeros(count, 2), Tensor.Ones(count, 2)).ToEvent 1)
    Sample("images", Bernoulli(decoder.Forward latent, validate = false).ToEvent 3, observed = images) |> ignore

let guide (images: Tensor) =
    Register("encoder", encoder) |> ignore
    use _ = Plate("data", images.Shape[0])
    let loc, scale = encoder.Forward images
    Sample("latent", Normal(loc, scale).ToEvent 1) |> ignore

let pictures (test: LabelledImages) =
    use _ = NoGradient.Begin()
    let batch = Seq.head (DataLoader(test.Slice(0, 8), batchSize = 8))
    let digits = batch[0]
    let again = decoder.Forward(fst (encoder.Forward digits))
    let pixels = Tensor.Concat([| digits; again |]).ToArray<float>() |> Array.map (fun ink -> byte (Math.Round(255.0 * ink)))
    ImageGrid(pixels, 2, 8, 28, 28).SavePng "runs/fsharp-digits.png"

let run () =
    let isShort = Environment.GetEnvironmentVariable "PYRITE_SHORT" = "1"
    let mnist = Mnist.Load()
    let training = if isShort then mnist.Train.Slice(0, 6_400) else mnist.Train
    let loader = DataLoader(training, batchSize = 128, shuffle = true)
    let svi = Svi<Tensor>(model, guide, Adam(learningRate = 1e-3), TraceElbo(), seed = 1UL)
    let losses =
        [ for epoch in 1 .. (if isShort then 2 else 10) do
              let mutable loss = 0.0
              for batch in loader do
                  loss <- loss + svi.Step batch[0]
              printfn $"epoch {epoch}: loss {loss / float training.Count:F2} per image"
              loss / float training.Count ]
    IO.Directory.CreateDirectory "runs" |> ignore
    pictures mnist.Test
    List.last losses < List.head losses && List.last losses < (if isShort then 260.0 else 175.0)
