using System.Reflection;

namespace Pyrite.Inference.Parameters;

/// <summary>What the first statement of a parameter said, against which later ones are held: model and guide, and the same place in later
/// steps.</summary>
internal sealed class ParameterDeclaration(ParamSite site, Shape shape, DType type)
{
    // Model and guide, twice: from then on, functions that make starts are taken by the place in the code where they were written.
    private const int FirstSightings = 4;

    private readonly HashSet<MethodInfo> known = site.Maker is { } first ? [first.Method] : [];
    private Constraint constraint = site.Constraint;
    private Func<Tensor>? lastMaker = site.Maker;
    private int sightings = 1;

    /// <summary>Refuses a statement that says something else. Another start in the same shape is allowed: the first one counts.</summary>
    /// <exception cref="ModelException">Constraint, shape or type differ.</exception>
    public void Verify(ParamSite again)
    {
        bool isEarly = sightings < FirstSightings;
        sightings = isEarly ? sightings + 1 : sightings;
        if (!ReferenceEquals(again.Constraint, constraint))
        {
            if (!constraint.AsksTheSameAs(again.Constraint, withTensors: isEarly))
            {
                throw Refusal(again, $"with values that are {constraint.Requirement} ({constraint.Name})",
                    $"with values that are {again.Constraint.Requirement} ({again.Constraint.Name})");
            }
            constraint = again.Constraint;
        }
        if (again.Given is { } given)
        {
            VerifyStart(again, given);
        }
        else if (again.Maker is { } maker && !ReferenceEquals(maker, lastMaker) && (known.Add(maker.Method) || isEarly))
        {
            using NoGradient.Scope untracked = NoGradient.Begin();
            VerifyStart(again, maker());
            lastMaker = maker;
        }
    }

    private void VerifyStart(ParamSite again, Tensor start)
    {
        if (start.Shape != shape)
        {
            throw Refusal(again, $"of shape {shape}", $"of shape {start.Shape}");
        }
        if (!start.IsWeak && start.DType != type)
        {
            throw Refusal(again, $"as {type}", $"as {start.DType}");
        }
    }

    private static ModelException Refusal(ParamSite site, string first, string now) => new(ModelError.ParameterRedeclared, site.Name,
        $"the parameter is declared twice, differently: first {first}, now {now}. One name is one parameter, in model and guide together. Use two "
            + "names, or make both declarations the same.");
}
