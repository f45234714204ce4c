using static Pyrite.Primitives;
using static Pyrite.Tests.Models.ModelCase;

namespace Pyrite.Tests.Models;

/// <summary>Models under handlers: names that exist or not, sites that can be reparameterized or lifted or not.</summary>
internal static class HandledModels
{
    public static IEnumerable<ModelCase> Cases =>
    [
        Valid("conditioning", "mu []; tau []; theta []", EightSchools, new ConditionHandler(("tau", 2.0))),
        Valid("intervening", "mu []; tau []; theta []", EightSchools, new DoHandler(("mu", 2.0))),
        Valid("non-centred", "mu []; tau []; theta_decentered []; theta []", EightSchools,
            new ReparameterizeHandler(("theta", new LocScaleReparameterization(0)))),
        Valid("learnt centredness", "mu []; tau []; theta_centered []; theta_decentered []; theta []", EightSchools,
            new ReparameterizeHandler(("theta", new LocScaleReparameterization()))),
        Valid("a logarithm drawn by its base", "mu []; tau_base []; tau []; theta []", EightSchools,
            new ReparameterizeHandler(("tau", new TransformReparameterization()))),
        Valid("hiding", "mu []; theta []", EightSchools, BlockHandler.Hide("tau")),
        Valid("exposing", "tau []", EightSchools, BlockHandler.Expose("tau")),
        Valid("a lifted parameter", "p [2]", () => Param("p", Tensor.Zeros(2)), new LiftHandler(("p", new Normal(0, 1)))),
        Valid("a prefix from outside", "a/mu []; a/tau []; a/theta []", EightSchools, new ScopeHandler("a")),
        Valid("substituting names that do not exist", "mu []; tau []; theta []", EightSchools, new SubstituteHandler(("nothing", 2.0))),

        Invalid("conditioning on a misspelt name", ModelError.UnknownSite,
            ["\"tauu\"", "no such site", "\"tau\", \"mu\", \"theta\"", "Correct the name"], EightSchools, new ConditionHandler(("tauu", 2.0))),
        Invalid("lifting a misspelt name", ModelError.UnknownSite, ["cannot lift it", "It has \"scale\""], () => Param("scale", 1.0),
            new LiftHandler(("scal", new HalfNormal(1)))),
        Invalid("intervening on a misspelt name", ModelError.UnknownSite, ["intervene on", "It has \"theta\""], EightSchools,
            new DoHandler(("thetta", 2.0))),
        Invalid("reparameterizing a misspelt name", ModelError.UnknownSite, ["reparameterize"], EightSchools,
            new ReparameterizeHandler(("thet", new LocScaleReparameterization()))),
        Invalid("reparameterizing data", ModelError.ReparameterizationUnsuitable, ["has a value already", "Leave it out"],
            () => Sample("y", new Normal(0, 1), observed: 1.0), new ReparameterizeHandler(("y", new LocScaleReparameterization()))),
        Invalid("decentring a family without location", ModelError.ReparameterizationUnsuitable, ["follows LogNormal", "no location-scale family"],
            EightSchools, new ReparameterizeHandler(("tau", new LocScaleReparameterization()))),
        Invalid("transforming a plain family", ModelError.ReparameterizationUnsuitable, ["follows Normal", "no transformed distribution"],
            EightSchools, new ReparameterizeHandler(("mu", new TransformReparameterization()))),
        Invalid("a prior outside the constraint", ModelError.PriorUnsuitable, ["must be positive", "support lies inside"],
            () => Param("p", 1.0, Constraints.Positive), new LiftHandler(("p", new Normal(-100, 1)))),
        Invalid("a prior of another shape", ModelError.PriorUnsuitable, ["shape [2]", "batch shape [3]"], () => Param("p", Tensor.Zeros(2)),
            new LiftHandler(("p", new Normal(Tensor.Zeros(3), 1)))),
        Invalid("a handler of one's own that refuses", ModelError.Other, ["Site \"tau\": not today"], EightSchools, new RefusingHandler()),
    ];

    private static void EightSchools()
    {
        Tensor mu = Sample("mu", new Normal(0, 5));
        Tensor tau = Sample("tau", new LogNormal(0, 1));
        Sample("theta", new Normal(mu, tau));
    }

    private sealed class RefusingHandler : Handler
    {
        protected internal override void After(SampleSite site)
        {
            if (site.Name == "tau")
            {
                throw new ModelException(site.Name, "not today.");
            }
        }
    }
}
