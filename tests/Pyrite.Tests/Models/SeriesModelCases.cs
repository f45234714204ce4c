using static Pyrite.Primitives;

namespace Pyrite.Tests.Models;

/// <summary>Models with loops over time that are wrong.</summary>
internal static class SeriesModelCases
{
    public static readonly ModelCase[] Cases =
    [
        Refused("rounds that state different variables", ModelError.RoundsDiffer, ["\"x\"", "some rounds only", "Tensor.Where"], () =>
        {
            int calls = 0;
            Scan.Over("days", Tensor.Zeros(1), 3, state => (Sample(calls++ > 1 ? "x" : "z", new Normal(state, 1).ToEvent(1)), state));
        }),
        Refused("a statement in a plain scan", ModelError.StatedInScan, ["\"x\"", "once or twice", "Scan.Over"],
            () => Scan.Fold(Tensor.Zeros(1), Tensor.Zeros(3, 1), (state, input) => Sample("x", new Normal(state, 1).ToEvent(1)) + input)),
        Refused("an intervention on what rounds compute", ModelError.LoopResultChanged, ["\"twice\"", "which have run", "random variables"],
            () => new DoHandler(("twice", Tensor.Zeros(3, 1))).Run(() => Scan.Over("days", Tensor.Zeros(1), 3, state =>
            {
                Tensor x = Sample("x", new Normal(state, 1).ToEvent(1));
                return (x, Deterministic("twice", 2 * x));
            }))),
    ];

    private static ModelCase Refused(string name, ModelError kind, string[] words, Action model) =>
        new(name, () => $"{Trace.Of(model, new SeedHandler(0)).LogProb()}", null, kind, words);
}
