namespace Pyrite.Tests.Enumeration;

/// <summary>The loss of one step of EnumerationElbo, and its gradient as a plain step of length 1 shows it.</summary>
internal static class OneStep
{
    public static (double Loss, IReadOnlyDictionary<string, double[]> Gradient) Of(GoldenCase c, Action<GoldenCase> model, Action<GoldenCase> guide)
    {
        Svi<GoldenCase> svi = new(model, guide, new Sgd(1.0), new EnumerationElbo());
        double loss = svi.Step(c);
        Dictionary<string, double[]> gradient = [];
        foreach ((string name, Tensor start) in c.Starts)
        {
            // A parameter that the model never asked for has no influence.
            double[] before = start.ToArray<double>(), after = svi.Parameters.Names.Contains(name) ? svi.Parameters[name].ToArray<double>() : before;
            gradient[name] = [.. before.Zip(after, (a, b) => a - b)];
        }
        return (loss, gradient);
    }
}
