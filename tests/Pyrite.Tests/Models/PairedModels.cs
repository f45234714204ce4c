
using static Pyrite.Primitives;
using static Pyrite.Tests.Models.ModelCase;

namespace Pyrite.Tests.Models;

/// <summary>Models with guides: those that suit each other, and those that disagree on names, shapes, events or plates.</summary>
internal static class PairedModels
{
    private static readonly PlateAxis Rows = new("rows", 6, subsampleSize: 2);

    public static IEnumerable<ModelCase> Cases =>
    [
        ValidPair("the same site", () => Sample("z", new Normal(0, 1)), () => Sample("z", new Normal(Loc(), 1))),
        ValidPair("another family in the guide", () => Sample("z", new Normal(0, 1)), () => Sample("z", new StudentT(3.0, Loc(), 1.0))),
        ValidPair("plates in both", () => InPlate(3, () => Sample("z", new Normal(0, 1))), () => InPlate(3, () => Sample("z", new Normal(Loc(), 1)))),
        ValidPair("a wider guide inside the plate", () => InPlate(3, () => Sample("z", new Normal(0, 1))),
            () => InPlate(3, () => Sample("z", new Normal(Loc() + Tensor.Zeros(3), 1)))),
        ValidPair("a kept subsampled plate in both", () => InRows(() => Sample("z", new Normal(0, 1))),
            () => InRows(() => Sample("z", new Normal(Loc(), 1)))),
        ValidPair("an auxiliary site", () => Sample("z", new Normal(0, 1)),
            () => Sample("z", new Normal(Sample("a", new Normal(Loc(), 1), auxiliary: true), 1))),
        ValidPair("a latent from its prior", () => Sample("z", new Normal(Sample("u", new Normal(0, 1), fromPrior: true), 1)),
            () => Sample("z", new Normal(Loc(), 1))),
        ValidPair("parameters in the model alone", () => Sample("y", new Normal(Loc(), 1), observed: 1.0), () => { }),
        ValidPair("a discrete latent", () => Sample("b", new Bernoulli(0.5)),
            () => Sample("b", new Bernoulli(Param("p", 0.5, Constraints.UnitInterval)))),
        ValidPair("a factor in the guide", () => Sample("z", new Normal(0, 1)), () =>
        {
            Factor("f", 0.0);
            Sample("z", new Normal(Loc(), 1));
        }),

        InvalidPair("a latent that the guide lacks", ModelError.LatentMissingInGuide,
            ["the model draws it, but the guide does not", "\"zz\"", "fromPrior: true"], () => Sample("z", new Normal(0, 1)),
            () => Sample("zz", new Normal(Loc(), 1))),
        InvalidPair("an empty guide", ModelError.LatentMissingInGuide, ["The guide has no latent sites"], () => Sample("z", new Normal(Loc(), 1)),
            () => { }),
        InvalidPair("a latent that the model lacks", ModelError.LatentMissingInModel, ["the model has no such site", "auxiliary: true"],
            () => Sample("y", new Normal(Loc(), 1), observed: 1.0), () => Sample("z", new Normal(0, 1))),
        InvalidPair("a guide that draws data", ModelError.GuideDrawsObserved, ["the model observes it", "Remove it from the guide"],
            () => Sample("y", new Normal(0, 1), observed: 1.0), () => Sample("y", new Normal(Loc(), 1))),
        InvalidPair("a guide that observes data, too", ModelError.GuideObserves, ["\"y\"", "the guide observes it", "Data belong into the model"],
            () => Sample("y", new Normal(0, 1), observed: 1.0), () => Sample("y", new Normal(Loc(), 1), observed: 1.0)),
        InvalidPair("a guide that observes data by another name", ModelError.GuideObserves,
            ["\"Y\"", "the model has no such site", "subtracted from the loss", "observes \"y\""],
            () => Sample("y", new Normal(Sample("z", new Normal(0, 1)), 1), observed: 1.0),
            () => Sample("Y", new Normal(Sample("z", new Normal(Loc(), 1)), 1), observed: 1.0)),
        InvalidPair("a guide that observes a latent", ModelError.GuideObserves, ["\"z\"", "without observed:"], () => Sample("z", new Normal(0, 1)),
            () => Sample("z", new Normal(Loc(), 1), observed: 1.0)),
        InvalidPair("an auxiliary site in the model", ModelError.RolesContradict, ["the model marks it auxiliary: true", "fromPrior: true"],
            () => Sample("z", new Normal(Loc(), 1), auxiliary: true), () => { }),
        InvalidPair("an auxiliary site that the model has", ModelError.RolesContradict, ["the guide marks it auxiliary: true", "the model has it"],
            () => Sample("z", new Normal(0, 1)), () => Sample("z", new Normal(Loc(), 1), auxiliary: true)),
        InvalidPair("a latent from its prior that the guide draws", ModelError.RolesContradict,
            ["the model marks it fromPrior: true", "the guide draws it"], () => Sample("z", new Normal(0, 1), fromPrior: true),
            () => Sample("z", new Normal(Loc(), 1))),
        InvalidPair("a guide of wider support", ModelError.SupportsDiffer, ["\"s\"", "zero or positive", "family on the site's support"],
            () => Sample("s", new HalfNormal(1)), () => Sample("s", new Normal(Loc() - 50, 1))),
        InvalidPair("events of different rank", ModelError.EventShapesDiffer, ["event shape [2], the guide []", "Trace shapes"],
            () => Sample("z", new Normal(Tensor.Zeros(2), 1).ToEvent(1)), () => Sample("z", new Normal(Tensor.Zeros(2) + Loc(), 1))),
        InvalidPair("events of different size", ModelError.EventShapesDiffer, ["event shape [2], the guide [3]"],
            () => Sample("z", new Normal(Tensor.Zeros(2), 1).ToEvent(1)), () => Sample("z", new Normal(Tensor.Zeros(3) + Loc(), 1).ToEvent(1))),
        InvalidPair("a plate in the model alone", ModelError.BatchShapesDiffer,
            ["batch shape [3] in plate \"rows\" (3 at dimension -1), the guide [] in no plates", "Open the same plates"],
            () => InPlate(3, () => Sample("z", new Normal(0, 1))), () => Sample("z", new Normal(Loc(), 1))),
        InvalidPair("a plate in the guide alone", ModelError.BatchShapesDiffer, ["batch shape []", "the guide [3]"],
            () => Sample("z", new Normal(0, 1)), () => InPlate(3, () => Sample("z", new Normal(Loc(), 1)))),
        InvalidPair("plates of different size", ModelError.PlatesDiffer, ["\"rows\"", "(3 at dimension -1)", "(4 at dimension -1)", "PlateAxis"],
            () => InPlate(3, () => Sample("z", new Normal(0, 1))), () => InPlate(4, () => Sample("z", new Normal(Loc(), 1)))),
        InvalidPair("subsamples of different size", ModelError.PlatesDiffer, ["(2 of 6", "(3 of 6"],
            () => InRows(() => Sample("z", new Normal(0, 1))), () =>
        {
            using (Plate("rows", 6, subsampleSize: 3))
            {
                Sample("z", new Normal(Loc(), 1));
            }
        }),
        InvalidPair("different indices of one plate", ModelError.PlatesDiffer, ["different entries", "same indices"],
            () => InIndices(0, () => Sample("z", new Normal(0, 1))), () => InIndices(1, () => Sample("z", new Normal(Loc(), 1)))),
        InvalidPair("an automatic guide for a discrete latent", ModelError.GuideUnsuitable, ["\"z\"", "Poisson, which is discrete", "Sum it out"],
            () => Sample("z", new Poisson(3)), () => new AutoNormal<int>(_ => Sample("z", new Poisson(3))).Run(0)),
        InvalidPair("a discrete latent that only the model has", ModelError.LatentMissingInGuide, ["\"z\"", "or use EnumerationElbo"],
            () => Sample("z", new Bernoulli(0.5)), () => Loc()),
        InvalidPair("a joint guide for a subsampled plate", ModelError.GuideUnsuitable, ["\"z\"", "plate \"rows\"", "2 of 6", "AutoAmortizedNormal"],
            () => InRows(() => Sample("z", new Normal(0, 1))),
            () => new AutoMultivariateNormal<int>(_ => InRows(() => Sample("z", new Normal(0, 1)))).Run(0)),
        InvalidPair("nothing to learn", ModelError.NothingToLearn, ["nothing to learn", "Register"], () => Sample("z", new Normal(0, 1)),
            () => Sample("z", new Normal(0, 1))),
        InvalidPair("a parameter without influence", ModelError.NoGradientReceived, ["No parameter received a gradient", "loc", "Detach"],
            () => Sample("z", new Normal(0, 1)), () =>
        {
            Loc();
            Sample("z", new Normal(0, 1));
        }),
        InvalidPair("a network over a parameter of its name", ModelError.ParameterNameTaken, ["\"net.bias\" is taken"], () =>
        {
            Param("net.bias", 0.0);
            Register("net", new Linear(1, 1));
        }, () => { }),
        InvalidPair("a new network in every step", ModelError.TwoModulesOneName, ["Create the module once"], () => Register("net", new Linear(1, 1)),
            () => Register("net", new Linear(1, 1))),
        InvalidPair("a shape error in the guide", ModelError.ModelFailed, ["The guide failed", "[2]", "[3]"], () => Sample("z", new Normal(0, 1)),
            () => Sample("z", new Normal((Tensor.Zeros(2) + Tensor.Zeros(3)).Sum(), 1))),
        InvalidPair("an undeclared dimension in the guide", ModelError.UndeclaredBatchDimension, ["in the guide", "ToEvent(1)"],
            () => Sample("z", new Normal(Tensor.Zeros(2), 1)), () => Sample("z", new Normal(Tensor.Zeros(2) + Loc(), 1))),
        new("a draw without gradients under closed divergences",
            () =>
                $"{new Svi<int>(_ => Sample("k", new Bernoulli(0.5)), _ => Sample("k", new Bernoulli(Param("p", 0.5))), new Adam(),
                    new MeanFieldElbo()).Step(0)}", null, ModelError.PathwiseGradientNeeded, ["Bernoulli", "MeanFieldElbo", "TraceElbo"]),
        new("a prior that needs a later draw",
            () =>
                $"{new Svi<int>(_ => Sample("b", new Normal(Sample("a", new Normal(0, 1)), 1)),
                    _ => Sample("a", new Normal(Sample("b", new Normal(Loc(), 1)), 1)), new Adam(),
                    new MeanFieldElbo()).Step(0)}", null, ModelError.MeanFieldOrder, ["depends on \"a\"", "draws later"]),
        InvalidPair("a baseline of another shape", ModelError.BaselineUnsuitable, ["[3]", "Reshape"], () => Sample("k", new Bernoulli(0.5)),
            () => Sample("k", new Bernoulli(Param("p", 0.5)), options: SiteOptions.None.With(new Baseline { Value = Tensor.Zeros(3) }))),
        new("a scale that turns negative later", TurnsNegative, null, ModelError.ParameterOutsideConstraint,
            ["\"z\"", "scale must be", "-1", "Trace shapes"]),
        new("the slope of a map that turns zero later", SlopeTurnsZero, null, ModelError.ParameterOutsideConstraint,
            ["\"z\"", "AffineTransform: parameter scale must be a finite number other than zero; found 0", "Trace shapes"]),
        new("losses that are never finite", NeverFinite, null, ModelError.NotFinite, ["10 steps in a row", "\"y\" in the model"]),
        new("an operation that gives no number",
            () => TenSteps(() => Sample("y", new Normal(Param("mean", -1.0).Log(), 1, validate: false), observed: 1.0)), null, ModelError.NotFinite,
            ["\"y\" in the model", "first operation to blame: log gave NaN", "PairedModels"]),
        new("an operation without a finite gradient", () => TenSteps(() => Sample("y", new Normal(Param("mean", 0.0).Sqrt(), 1), observed: 1.0)),
            null, ModelError.NotFinite, ["gradient of parameter \"mean\"", "first operation to blame: The gradient of sqrt"]),
    ];

    /// <summary>The same of a transform.</summary>
    private static string SlopeTurnsZero()
    {
        Svi<int> svi = new(_ => Sample("z", new Normal(0, 1)),
            _ => Sample("z", new TransformedDistribution(new Normal(Loc(), 1), new AffineTransform(0, Param("slope", 1.0)))), new Sgd(0),
            new TraceElbo());
        svi.Run(0, 4);
        svi.Parameters.Set("slope", 0.0);
        return $"{svi.Step(0)}";
    }

    /// <summary>An inference whose checks run with the recorded step, long after the statement.</summary>
    private static string TurnsNegative()
    {
        Svi<int> svi = new(_ => Sample("z", new Normal(0, 1)), _ => Sample("z", new Normal(Loc(), Param("scale", 1.0))), new Sgd(0), new TraceElbo());
        svi.Run(0, 4);
        svi.Parameters.Set("scale", -1.0);
        return $"{svi.Step(0)}";
    }

    /// <summary>An inference without a guide whose ten steps all fail.</summary>
    private static string NeverFinite()
    {
        Svi<Tensor> svi =
            new(x => Sample("y", new Normal(Param("mean", 1.0), 1, validate: false), observed: x), _ => { }, new Adam(), new TraceElbo());
        for (int i = 0; i < 10; i++)
        {
            svi.Step(double.NaN);
        }
        return "ten steps";
    }

    private static string TenSteps(Action model)
    {
        Svi<int> svi = new(_ => model(), _ => { }, new Adam(), new TraceElbo());
        for (int i = 0; i < 10; i++)
        {
            svi.Step(0);
        }
        return "ten steps";
    }

    private static Tensor Loc() => Param("loc", 0.0);

    private static void InPlate(int size, Action inside)
    {
        using (Plate("rows", size))
        {
            inside();
        }
    }

    private static void InRows(Action inside)
    {
        using (Rows.Enter())
        {
            inside();
        }
    }

    private static void InIndices(long first, Action inside)
    {
        using (Plate("rows", 6, indices: Tensor.From(new[] { first, 5L })))
        {
            inside();
        }
    }
}
