using System.Globalization;

namespace Pyrite.Conformance;

/// <summary>A point at the border of what a family admits, or far out: a member of the family and a value that it scores.</summary>
/// <remarks>Of discrete families only the parameters have gradients.</remarks>
/// <param name="Family">The family, as the suite lists it.</param>
/// <param name="Parameters">The parameters in Float64.</param>
/// <param name="Value">One value in Float64.</param>
/// <param name="MakeFrom">The member from its parameters.</param>
internal sealed record Corner(string Family, Tensor[] Parameters, Tensor Value, Func<Tensor[], bool, Distribution> MakeFrom)
{
    /// <summary>What the table of exceptions and messages call it.</summary>
    public string Name => $"{Family}({string.Join("; ", Parameters.Select(Text))}) at {Text(Value)}";

    /// <summary>Whether the family admits the parameters and, of a single number, the value.</summary>
    /// <param name="inputs">The parameters, then the value.</param>
    public bool Admits(Tensor[] inputs)
    {
        try
        {
            Distribution member = MakeFrom(inputs[..^1], true);
            return member.EventShape.Rank > 0 || member.Support.Check(inputs[^1]).All();
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>The log-density of parameters and a value.</summary>
    /// <remarks>Entries of vectors are moved one by one, off the simplex too, so that the formula counts and not the support. Of symmetric matrices
    /// both entries of a pair move.</remarks>
    public Tensor Density(Tensor[] inputs)
    {
        Distribution member = MakeFrom(inputs[..^1], false);
        if (member.EventShape.Rank == 0)
        {
            return member.LogProb(inputs[^1]);
        }
        Constraint[] constraints = [.. member.Parameters.Select(parameter => parameter.Constraint)];
        member = MakeFrom([.. inputs[..^1].Select((x, i) => i < constraints.Length ? Evened(x, constraints[i]) : x)], false);
        return member.DensityOf(Evened(inputs[^1], member.Support));
    }

    /// <summary>Whether the value has a gradient; the report of an exact value has none, since beside it begin intervals.</summary>
    public bool ValueMoves =>
        !MakeFrom(Parameters, false).IsDiscrete && !(Family == "IntervalCensored" && Value.ToArray<double>() is [var low, var high] && low == high)
            && Family is not ("Delta" or "Empirical" or "RelaxedBernoulliStraightThrough" or "RelaxedOneHotCategoricalStraightThrough");

    private static Tensor Evened(Tensor x, Constraint constraint) =>
        constraint.Name is "positive definite" or "correlation matrix" ? 0.5 * (x + x.Transpose()) : x;

    private static string Text(Tensor x) => string.Join(" ", x.ToArray<double>().Select(entry => entry.ToString("R", CultureInfo.InvariantCulture)));
}
