#!/usr/bin/env dotnet
// Handlers of your own: one that prints every site, and one that tempers the likelihood. Each is a class with one override.
// Run it: dotnet run samples/09-own-handler.cs        (PYRITE_SHORT=1 makes no difference: it takes a second)
#:project ../src/Pyrite
#:project ../src/Pyrite.Plotting
#:property PublishAot=false
using Pyrite;
using Pyrite.Plotting;
using static Pyrite.Primitives;

static void Model()                                      // eight schools (Rubin 1981): effects of coaching, with standard errors
{
    Tensor y = Tensor.From([28.0, 8, -3, 7, -1, 1, 18, 12]), sigma = Tensor.From([15.0, 10, 16, 11, 9, 11, 10, 18]);
    Tensor mu = Sample("mu", new Normal(0, 5));
    Tensor tau = Sample("tau", new HalfCauchy(5));
    using (Plate("schools", 8))
    {
        Tensor theta = Sample("theta", new Normal(mu, tau));
        Sample("y", new Normal(theta, sigma), observed: y);
    }
}

// As a scope: statements inside it pass through the handler.
var print = new PrintHandler();
using (print.Enter())
{
    Model();
}

// In a list, outermost first: the seed decides the draws, the temperature multiplies what the data say.
Trace plain = Trace.Of(Model, new SeedHandler(1));
Trace tempered = Trace.Of(Model, new SeedHandler(1), new TemperHandler(0.25));
Console.WriteLine(tempered.ShapeTable());

// As a function: a new model, which handlers can wrap again.
Action fixedSpread = new ConditionHandler(("tau", 2.0)).Wrap(Model);
Trace conditioned = Trace.Of(fixedSpread, new SeedHandler(1));

// The graph of the conditioned model: tau is gray now, like the data.
Directory.CreateDirectory("runs/09-own-handler");
Inspect.Graph(fixedSpread, new SeedHandler(1)).ToPicture().SavePng("runs/09-own-handler/graph.png");
Console.WriteLine("Picture: runs/09-own-handler/graph.png");

// The check: every site was seen once, data count a quarter, and conditioning reached the site.
double likelihood = plain.LogProb(site => site.IsObserved).Item();
double quarter = tempered.LogProb(site => site.IsObserved).Item();
bool passed = string.Join(" ", print.Names) == "mu tau theta y"
    && Math.Abs(quarter - (0.25 * likelihood)) < 1e-4 * Math.Abs(likelihood)
    && plain["theta"].Value.ToArray<double>().SequenceEqual(tempered["theta"].Value.ToArray<double>())
    && conditioned["tau"].Value.Item() == 2;
Console.WriteLine(passed ? "check passed" : "check FAILED");
return passed ? 0 : 1;

/// <summary>Prints every random variable on its way back to the model.</summary>
sealed class PrintHandler : Handler
{
    public List<string> Names { get; } = [];

    protected override void After(SampleSite site)
    {
        Names.Add(site.Name);
        Console.WriteLine($"{site.Name,-6} {(site.IsObserved ? "observed" : "drawn   ")} {site.Distribution.Name,-10} {site.Value}");
    }
}

/// <summary>Raises the likelihood to a power: what the data say counts less below 1.</summary>
sealed class TemperHandler(double power) : Handler
{
    protected override void Before(SampleSite site)
    {
        if (site.IsObserved)
        {
            site.Scale *= power;
        }
    }
}
