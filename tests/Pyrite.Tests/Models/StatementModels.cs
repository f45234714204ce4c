
using static Pyrite.Primitives;
using static Pyrite.Tests.Models.ModelCase;

namespace Pyrite.Tests.Models;

/// <summary>Models of single statements: draws, data, gaps, parameters, results, factors.</summary>
internal static class StatementModels
{
    private static readonly Tensor Pair = Tensor.From(new[] { 1.0, 2.0 });

    public static IEnumerable<ModelCase> Cases =>
    [
        Valid("a single draw", "x []", () => Sample("x", new Normal(0, 1))),
        Valid("a vector as one event", "x [3]", () => Sample("x", new Normal(Tensor.Zeros(3), 1).ToEvent(1))),
        Valid("a matrix as one event", "x [2, 3]", () => Sample("x", new Normal(Tensor.Zeros(2, 3), 1).ToEvent(2))),
        Valid("a multivariate draw", "x [2]", () => Sample("x", new Dirichlet(Pair))),
        Valid("a category", "k []", () => Sample("k", new Categorical(Pair / 3))),
        Valid("an observed number", "y []", () => Sample("y", new Normal(0, 1), observed: 1.0)),
        Valid("an observed vector event", "y [2]", () => Sample("y", new Normal(Tensor.Zeros(2), 1).ToEvent(1), observed: Pair)),
        Valid("an observation of a point mass", "y []", () => Sample("y", new Delta(2.0), observed: 2.0)),
        Valid("a chain", "a []; b []", () => Sample("b", new Normal(Sample("a", new Normal(0, 1)), 1))),
        Valid("a loop with the index in the name", "x0 []; x1 []", () =>
        {
            for (int i = 0; i < 2; i++)
            {
                Sample($"x{i}", new Normal(0, 1));
            }
        }),
        Valid("a branch on a draw", "coin []; heads []", () =>
        {
            bool heads = Sample("coin", new Bernoulli(1.0)).Item() == 1;
            Sample(heads ? "heads" : "tails", new Normal(0, 1));
        }),
        Valid("a factor", "penalty [0]", () => Factor("penalty", -1.0)),
        Valid("a result", "d []", () => Deterministic("d", 1.0)),
        Valid("a parameter used twice", "p []", () =>
        {
            Param("p", 1.0);
            Param("p", 1.0);
        }),
        Valid("a constrained parameter", "p [2]", () => Param("p", Pair, Constraints.Positive)),
        Valid("a registered network", "", () => Register("net", new Linear(2, 1))),
        Valid("drawn weights", "net.bias [1]; net.weight [1, 2]", () => RandomModule("net", new Linear(2, 1), new Normal(0, 1)).Dispose()),
        Valid("two scopes with one name inside", "a/x []; b/x []", () =>
        {
            using (Scope("a"))
            {
                Sample("x", new Normal(0, 1));
            }
            using (Scope("b"))
            {
                Sample("x", new Normal(0, 1));
            }
        }),
        Valid("data with a gap", "y_observed [2]; y_unobserved [2]; y [2]", () =>
        {
            using (Plate("rows", 2))
            {
                Sample("y", new Normal(0, 1), observed: Pair, observedMask: Pair > 1);
            }
        }),
        Valid("masked-out values outside the support", "y [2]", () =>
        {
            using (Plate("rows", 2))
            using (new MaskHandler(Tensor.From(new[] { true, false })).Enter())
            {
                Sample("y", new Exponential(1.0), observed: Tensor.From(new[] { 1.0, -1.0 }));
            }
        }),

        Invalid("a name used twice", ModelError.NameUsedTwice, ["used twice", "by a Sample and by a Sample", "put the index into the name"], () =>
        {
            Sample("x", new Normal(0, 1));
            Sample("x", new Normal(0, 1));
        }),
        Invalid("a draw and a result of one name", ModelError.NameUsedTwice, ["by a Sample and by a Deterministic"],
            () => Deterministic("x", Sample("x", new Normal(0, 1)))),
        Invalid("a parameter and a draw of one name", ModelError.NameUsedTwice, ["by a Param and by a Sample"],
            () => Sample("x", new Normal(Param("x", 0.0), 1))),
        Invalid("an observation of the wrong event shape", ModelError.ValueShape,
            ["observation of shape [3]", "event shape [2]", "ToEvent", "Trace shapes"], () =>
            Sample("y", new Normal(Tensor.Zeros(2), 1).ToEvent(1), observed: Tensor.Zeros(3))),
        Invalid("an observation without event axes", ModelError.ValueShape, ["must be the event shape [2]"],
            () => Sample("y", new Dirichlet(Pair), observed: 0.5)),
        Invalid("an observation that does not broadcast", ModelError.ValueShape, ["batch shape [2]", "agree", "Trace shapes"], () =>
            Sample("y", new Normal(Pair, 1), observed: Tensor.Zeros(3))),
        Invalid("a negative waiting time", ModelError.OutsideSupport, ["\"y\"", "observation", "Exponential", "-1"],
            () => Sample("y", new Exponential(1.0), observed: -1.0)),
        Invalid("a category out of range", ModelError.OutsideSupport, ["observation", "Categorical"],
            () => Sample("k", new Categorical(Pair / 3), observed: 7.0)),
        Invalid("grays under a Bernoulli", ModelError.OutsideSupport, ["validate: false", "ContinuousBernoulli"],
            () => Sample("pixel", new Bernoulli(0.5), observed: 0.25)),
        Invalid("NaN as an observation", ModelError.OutsideSupport, ["observation", "NaN"],
            () => Sample("y", new Normal(0, 1), observed: double.NaN)),
        Invalid("a conditioned value outside the support", ModelError.OutsideSupport, ["\"p\"", "1.5"], () => Sample("p", new Beta(1, 1)),
            new ConditionHandler(("p", 1.5))),
        Invalid("a negative scale in a distribution", ModelError.ModelFailed, ["after site \"x\"", "scale must be", "-1", "Trace shapes"], () =>
        {
            Sample("x", new Normal(0, 1));
            Sample("y", new Normal(0, -1));
        }),
        Invalid("a map of slope zero", ModelError.ModelFailed,
            ["after site \"x\"", "AffineTransform: parameter scale must be", "found 0", "Trace shapes"],
            () =>
            {
                Sample("x", new Normal(0, 1));
                Sample("y", new TransformedDistribution(new Normal(0, 1), new AffineTransform(0, 0)));
            }),
        Invalid("shapes that do not broadcast in arithmetic", ModelError.ModelFailed, ["before its first site", "[2]", "[3]"],
            () => Sample("x", new Normal(Pair + Tensor.Zeros(3), 1))),
        Invalid("a statement without a distribution", ModelError.ModelFailed, ["Site \"x\" was given no distribution"], () => Sample("x", null!)),
        Invalid("a statement without a name", ModelError.ModelFailed, ["needs a name", "Name every Sample"], () => Sample("", new Normal(0, 1))),
        Invalid("more event axes than there are", ModelError.ModelFailed, ["batch shape is []", "ask for at most 0."],
            () => Sample("x", new Normal(0, 1).ToEvent(1))),
        Invalid("a gap that is not marked", ModelError.OutsideSupport, ["found NaN at index [1]", "observedMask"],
            () => Sample("y", new Normal(0, 1), observed: Tensor.From(new[] { 1.0, double.NaN }))),
        Invalid("a factor that is no number", ModelError.ParameterOutsideConstraint, ["\"f\"", "the factor is no number", "NaN"],
            () => Factor("f", double.NaN)),
        Invalid("a factor of several numbers", ModelError.UndeclaredBatchDimension, ["\"f\"", "shape [2]", "Sum it"], () => Factor("f", Pair)),
        Invalid("a mask around a site of another shape", ModelError.ObservationMask, ["mask of shape [2]", "batch shape [3]"], () =>
        {
            using (Plate("rows", 3))
            using (new MaskHandler(Pair > 1).Enter())
            {
                Sample("x", new Normal(0, 1));
            }
        }),
        Invalid("a mask that adds a dimension", ModelError.UndeclaredBatchDimension, ["MaskHandler", "mask of shape [2]", "plates allow []"],
            () => Sample("y", new Normal(0, 1), observed: 1.0), new MaskHandler(Pair > 1)),
        Invalid("weights that add a dimension", ModelError.UndeclaredBatchDimension, ["ScaleHandler", "weights of shape [2]", "plates allow []"],
            () => Sample("y", new Normal(0, 1), observed: 1.0), new ScaleHandler(Pair)),
        Invalid("a parameter of integers", ModelError.OutsideConstraint, ["\"p\"", "type Int64", "To(DType.Float32)"],
            () => Param("p", Tensor.Range(2))),
        Invalid("a start outside its constraint", ModelError.OutsideConstraint, ["starting value", "positive", "Start inside it"],
            () => Param("p", -1.0, Constraints.Positive)),
        Invalid("a substituted value outside its constraint", ModelError.OutsideConstraint, ["substituted", "positive"],
            () => Param("p", 1.0, Constraints.Positive), new SubstituteHandler(("p", -2.0))),
        Invalid("a statement in a task", ModelError.StatementOnOtherThread,
            ["\"y\"", "the statement was made", "where the run does not see it", "no tasks, await, parallel loops"],
            () => Task.Run(() => Sample("y", new Normal(0, 1), observed: 1.0)).Wait()),
        Invalid("an async model", ModelError.AsyncModel, ["The model is async", "Make it an ordinary method"], async () => await Task.Yield()),
        new("a discrete latent under MCMC", () => $"{Potential.Of(() => Sample("k", new Poisson(3)))}", null, ModelError.SupportNotFinite,
            ["\"k\"", "Poisson has no finite list of values", "Truncate it"]),
        new("a latent of censored reports under MCMC", () => $"{Potential.Of(() => Sample("y", new Censored(new Normal(0, 1), high: 1)))}", null,
            ModelError.LatentUnsuitable, ["\"y\"", "gives its limits probabilities of their own", "a latent without them"]),
        Invalid("a mask without data", ModelError.ObservationMask, ["there is no data"], () => Sample("y", new Normal(0, 1), observedMask: Pair > 1)),
        Invalid("a mask of numbers", ModelError.ObservationMask, ["must be Bool", "Compare first"],
            () => Sample("y", new Normal(0, 1), observed: Pair, observedMask: Pair)),
        Invalid("a mask of the wrong shape", ModelError.ObservationMask, ["has shape [3]", "must broadcast to [2]"], () =>
            Sample("y", new Normal(0, 1), observed: Pair, observedMask: Tensor.Zeros(3) > 1)),
        Invalid("a mask inside events", ModelError.ObservationMask, ["1 event dimensions", "one flag for each whole event"], () =>
            Sample("y", new Normal(Pair, 1).ToEvent(1), observed: Pair, observedMask: Pair > 1)),
        Invalid("two networks of one name", ModelError.TwoModulesOneName, ["two different module instances", "Create the module once"], () =>
        {
            Register("net", new Linear(1, 1));
            Register("net", new Linear(1, 1));
        }),
        Invalid("drawn weights inside a plate", ModelError.PriorUnsuitable, ["inside plate \"rows\"", "outside of plates"], () =>
        {
            using (Plate("rows", 2))
            {
                RandomModule("net", new Linear(1, 1), new Normal(0, 1)).Dispose();
            }
        }),
        Invalid("a prior of another shape than the weights", ModelError.PriorUnsuitable, ["\"net.bias\"", "shape [1]", "batch shape [2]"], () =>
            RandomModule("net", new Linear(2, 1), new Normal(Pair, 1)).Dispose()),
    ];
}
