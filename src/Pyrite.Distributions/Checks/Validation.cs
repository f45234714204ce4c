using System.Globalization;
using Pyrite.Text;

namespace Pyrite.Checks;

/// <summary>Checks parameters and values against constraints and words what is wrong with them.</summary>
internal static class Validation
{
    private const int ShownElements = 8;

    /// <summary>Fails if a parameter violates its constraint.</summary>
    public static void CheckParameter(IParameterOwner owner, string name, Tensor value, Constraint constraint)
    {
        using NoGradient.Scope untracked = NoGradient.Begin();
        if (value.Rank < constraint.EventRank)
        {
            throw new ArgumentException(
                $"{owner.Name}: parameter {name} has shape {value.Shape}; it needs at least {constraint.EventRank} axes, "
                    + $"being {constraint.Requirement}.", name);
        }
        Check(owner, name, value, constraint);
    }

    /// <summary>Fails if a value lies outside the support.</summary>
    public static void CheckValue(Distribution distribution, Tensor value)
    {
        using NoGradient.Scope untracked = NoGradient.Begin();
        Check(distribution, null, value, distribution.Support);
    }

    /// <summary>Fails if what a value was made of is no argument of the map; its image else lies in the support by construction.</summary>
    public static void CheckArgument(Distribution distribution, Tensor value, Tensor argument, Constraint domain)
    {
        using NoGradient.Scope untracked = NoGradient.Begin();
        StepCheck.Add(domain.Verdict(argument), distribution, null, value);
    }

    /// <summary>The error for a scored value outside the support.</summary>
    /// <param name="distribution">What was to score it.</param>
    /// <param name="value">The value.</param>
    /// <param name="mask">Bool, broadcasts with the verdicts, where it leaves entries out.</param>
    public static ArgumentException ValueRefusal(Distribution distribution, Tensor value, Tensor? mask = null)
    {
        using NoGradient.Scope untracked = NoGradient.Begin();
        Constraint support = distribution.Support;
        return From(distribution, new ArgumentException(
            $"{distribution.Name}: a scored value must be {Found(value, support, mask)}.{distribution.SupportAdvice(value)}", nameof(value)));
    }

    /// <summary>The error for a parameter that violates its constraint.</summary>
    /// <param name="owner">Whose parameter it is.</param>
    /// <param name="name">The parameter.</param>
    /// <param name="value">What was given.</param>
    /// <param name="mask">Bool, broadcasts with the verdicts, where it leaves entries out.</param>
    public static ArgumentException ParameterRefusal(IParameterOwner owner, string name, Tensor value, Tensor? mask = null)
    {
        using NoGradient.Scope untracked = NoGradient.Begin();
        Constraint constraint = owner.Parameters.First(parameter => parameter.Name == name).Constraint;
        return From(owner,
            new ArgumentException(
                $"{owner.Name}: parameter {name} must be {Found(value, constraint, mask)}.", name));
    }

    /// <summary>The distribution or transform that refused; null for other errors.</summary>
    public static IParameterOwner? Refuser(ArgumentException failure) => failure.Data[nameof(Refuser)] as IParameterOwner;

    private static ArgumentException From(IParameterOwner owner, ArgumentException refusal)
    {
        refusal.Data[nameof(Refuser)] = owner;
        return refusal;
    }

    /// <summary>Inside a recorded step the verdict is an operation like any other, looked at when the program has run.</summary>
    private static void Check(IParameterOwner owner, string? part, Tensor value, Constraint constraint)
    {
        if (constraint.VerdictOfNumber(value) is { } known)
        {
            if (!known && !(part is not null && DeferredRefusals.TryHold(owner, part, value)))
            {
                throw owner.Refuse(part, value);
            }
            return;
        }
        StepCheck.Add(constraint.Verdict(value), owner, part, value);
    }

    /// <summary>What was expected and found. Ends that a round of a loop has made are gone when its check is looked at.</summary>
    private static string Found(Tensor value, Constraint constraint, Tensor? mask)
    {
        try
        {
            return $"{constraint.Requirement}; found {FirstBad(value, constraint, mask)}";
        }
        catch (InvalidOperationException) when (constraint.HasGivenEnds)
        {
            return $"between ends that the round has computed ({constraint.Name}); found {Event(value.ToArray<double>())}";
        }
    }

    private static string FirstBad(Tensor value, Constraint constraint, Tensor? mask)
    {
        Tensor verdict = mask is null ? constraint.Check(value) : constraint.Check(value) | !mask;
        int position = Math.Max(0, Array.IndexOf(verdict.ToArray<bool>(), false));
        Shape batch = verdict.Shape;
        Shape full = batch + (constraint.EventRank == 0 ? Shape.Scalar : value.Shape[^constraint.EventRank..]);
        double[] elements = (value.Shape == full ? value : value.BroadcastTo(full)).ToArray<double>();
        int size = elements.Length / (int)batch.Count;
        string shown = constraint.EventRank == 0 ? Number(elements[position]) : Event(elements.AsSpan(position * size, size));
        return batch.Rank == 0 ? shown : $"{shown} at index [{NumberList.Text(Index(batch, position))}]";
    }

    private static string Event(ReadOnlySpan<double> elements)
    {
        List<string> shown = [];
        foreach (double element in elements[..Math.Min(elements.Length, ShownElements)])
        {
            shown.Add(Number(element));
        }
        return $"[{string.Join(", ", shown)}{(elements.Length > ShownElements ? ", …" : "")}]";
    }

    private static string Number(double value) => double.IsNaN(value) ? "NaN" : value.ToString("G7", CultureInfo.InvariantCulture);

    private static int[] Index(Shape shape, int position)
    {
        int[] index = new int[shape.Rank];
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            (position, index[axis]) = Math.DivRem(position, shape[axis]);
        }
        return index;
    }
}
