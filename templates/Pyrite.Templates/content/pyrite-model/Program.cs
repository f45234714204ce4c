using Pyrite;
using Pyrite.Plotting;
using static Pyrite.Primitives;

// A line through eight points: what are its slope and its intercept, and how sure can we be?
Tensor x = Tensor.From([0.0, 1, 2, 3, 4, 5, 6, 7]);
Tensor y = Tensor.From([1.1, 2.8, 5.2, 7.1, 8.8, 11.3, 12.7, 15.2]);

McmcResult posterior = Mcmc.Run(Line, chains: 4, warmup: 500, draws: 500, seed: 1);
Console.WriteLine(posterior.Summary());

posterior.Plots.Trace("slope").SavePng("slope.png");
Console.WriteLine("The draws of the slope: slope.png");

void Line()
{
    Tensor intercept = Sample("intercept", new Normal(0, 10));
    Tensor slope = Sample("slope", new Normal(0, 10));
    Tensor noise = Sample("noise", new HalfNormal(1));
    using PlateScope points = Plate("points", x.Shape[0]);
    Sample("y", new Normal(intercept + slope * x, noise), observed: y);
}
