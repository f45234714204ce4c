#!/usr/bin/env dotnet
// Eight schools by NUTS, written twice: centred, where a funnel makes the sampler stumble, and non-centred, where it does not.
// Run it: dotnet run samples/10-eight-schools.cs        (PYRITE_SHORT=1 makes it a quick check)
#:project ../src/Pyrite
#:project ../src/Pyrite.Plotting
#:property PublishAot=false
using Pyrite;
using Pyrite.Plotting;
using static Pyrite.Primitives;

bool isShort = Environment.GetEnvironmentVariable("PYRITE_SHORT") == "1";

// The effects of coaching in eight schools and their standard errors (Rubin, "Estimation in parallel randomized experiments", 1981).
Tensor y = Tensor.From([28.0, 8.0, -3.0, 7.0, -1.0, 1.0, 18.0, 12.0]);
Tensor sigma = Tensor.From([15.0, 10.0, 16.0, 11.0, 9.0, 11.0, 10.0, 18.0]);

void Centred()
{
    Tensor mu = Sample("mu", new Normal(0, 5));
    Tensor tau = Sample("tau", new HalfCauchy(5));
    using (Plate("schools", 8))
    {
        // Small tau presses all theta together: a narrow funnel, in which no single step size fits.
        Tensor theta = Sample("theta", new Normal(mu, tau));
        Sample("y", new Normal(theta, sigma), observed: y);
    }
}

void NonCentred()
{
    Tensor mu = Sample("mu", new Normal(0, 5));
    Tensor tau = Sample("tau", new HalfCauchy(5));
    using (Plate("schools", 8))
    {
        // The same model in numbers that do not depend on tau a priori.
        Tensor theta = Deterministic("theta", mu + (tau * Sample("z", new Normal(0, 1))));
        Sample("y", new Normal(theta, sigma), observed: y);
    }
}

int draws = isShort ? 500 : 1_000;
McmcResult centred = Mcmc.Run(Centred, new Nuts(), draws: draws, seed: 1);
Console.WriteLine($"Centred: {centred.Divergences} divergent transitions of {4 * draws}.");

McmcResult posterior = Mcmc.Run(NonCentred, new Nuts(targetAcceptance: 0.95), draws: draws, seed: 1);
Console.WriteLine($"Non-centred: {posterior.Divergences} divergent transitions.");
Console.WriteLine(posterior.Summary());

Directory.CreateDirectory("runs/10-eight-schools");
centred.Plots.Pairs("mu", "tau").SavePng("runs/10-eight-schools/centred.png");
posterior.Plots.Trace("tau").SavePng("runs/10-eight-schools/tau.png");
Console.WriteLine("Pictures: runs/10-eight-schools");

// Reference draws of this posterior have a mean of 4.4 for mu and 3.6 for tau (posteriordb, Magnusson et al., 2024).
double mean = posterior["mu"].Mean().Item(), spread = posterior["tau"].Mean().Item();
if (Math.Abs(mean - 4.4) > 0.5 || Math.Abs(spread - 3.6) > 0.5 || posterior.Divergences > draws / 50)
{
    Console.Error.WriteLine(
        $"mu is {mean:F2} and tau {spread:F2} on average, with {posterior.Divergences} divergences; expected were 4.4, 3.6 and next to none.");
    return 1;
}
Console.WriteLine("Check passed.");
return 0;
