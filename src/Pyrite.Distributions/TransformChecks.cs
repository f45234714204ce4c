using Pyrite.Checks;

namespace Pyrite;

public abstract partial class Transform : IParameterOwner
{
    private DistributionParameter[] declared = [];

    /// <summary>The parameters that are checked; none of a map that was made without validation.</summary>
    internal IReadOnlyList<DistributionParameter> Declared => declared;

    /// <summary>The distribution that the map was made from; null for most.</summary>
    internal virtual Distribution? Source => null;

    string IParameterOwner.Name => GetType().Name;

    IReadOnlyList<DistributionParameter> IParameterOwner.Parameters => declared;

    Exception ICheckSubject.Refuse(string? part, Tensor value) => Validation.ParameterRefusal(this, part!, value);

    /// <summary>The transforms that this one was made from, each with the mask of its own batch axes.</summary>
    /// <param name="mask">Which entries count: Bool, broadcasts with the batch axes of this map's arguments; null where all do.</param>
    internal virtual IEnumerable<(Transform Part, Tensor? Mask)> Under(Tensor? mask) => [];

    /// <summary>Whether this is the owner of parameters, or a map around it.</summary>
    public bool IsMadeFrom(IParameterOwner owner)
    {
        if (ReferenceEquals(this, owner) || (Source is { } source && source.IsMadeFrom(owner)))
        {
            return true;
        }
        foreach ((Transform part, _) in Under(null))
        {
            if (part.IsMadeFrom(owner))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Checks a parameter, in the run of a model once it is known which entries count.</summary>
    /// <returns>The value.</returns>
    private protected Tensor Declare(string name, Tensor value, Constraint constraint, bool validate)
    {
        if (validate)
        {
            declared = [.. declared, new DistributionParameter(name, value, constraint)];
            Validation.CheckParameter(this, name, value, constraint);
        }
        return value;
    }
}
