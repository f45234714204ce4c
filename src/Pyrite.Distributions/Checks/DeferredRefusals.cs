namespace Pyrite.Checks;

/// <summary>Parameters that have been refused in the run of a model, until its statements show whether a mask leaves the bad entries out.</summary>
/// <remarks>A distribution, and a transform inside it, is made before anybody knows the mask around its statement. What no
/// statement with a mask takes up is refused after all, at the latest when the run ends.</remarks>
internal static class DeferredRefusals
{
    [ThreadStatic]
    private static List<Held>? all;

    // Where those of the present run begin, counted from 1; 0 outside of runs.
    [ThreadStatic]
    private static int firstOrNone;

    /// <summary>Whether the present run has any.</summary>
    public static bool Any => firstOrNone > 0 && all is not null && all.Count >= firstOrNone;

    /// <summary>Begins a run, whose refusals are its own.</summary>
    public static Scope Begin()
    {
        Scope scope = new(firstOrNone);
        firstOrNone = (all?.Count ?? 0) + 1;
        return scope;
    }

    /// <summary>Holds a refusal back; false outside of runs.</summary>
    public static bool TryHold(IParameterOwner owner, string part, Tensor value)
    {
        if (firstOrNone == 0)
        {
            return false;
        }
        (all ??= []).Add(new Held(owner, part, value));
        return true;
    }

    /// <summary>Takes up the refusal of a parameter, if the run holds one; another statement with the same owner takes it up again.</summary>
    public static bool Take(IParameterOwner owner, string part)
    {
        int found = Any ? all!.FindIndex(firstOrNone - 1, held => ReferenceEquals(held.Owner, owner) && held.Part == part) : -1;
        if (found >= 0)
        {
            all![found] = all[found] with { IsTaken = true };
        }
        return found >= 0;
    }

    /// <summary>The error of the first refusal that no statement has taken up; null for none.</summary>
    public static ArgumentException? First()
    {
        for (int i = firstOrNone - 1; Any && i < all!.Count; i++)
        {
            if (!all[i].IsTaken)
            {
                return all[i].Error();
            }
        }
        return null;
    }

    /// <summary>Fails at the end of a run that holds one.</summary>
    /// <exception cref="ArgumentException">The error of the first.</exception>
    public static void RequireNone()
    {
        if (First() is { } refusal)
        {
            throw refusal;
        }
    }

    /// <summary>The stretch of a run; its end drops what it holds.</summary>
    public readonly ref struct Scope(int outer)
    {
        public void Dispose()
        {
            if (Any)
            {
                all!.RemoveRange(firstOrNone - 1, all.Count - firstOrNone + 1);
            }
            firstOrNone = outer;
        }
    }

    private readonly record struct Held(IParameterOwner Owner, string Part, Tensor Value, bool IsTaken = false)
    {
        public ArgumentException Error() => Validation.ParameterRefusal(Owner, Part, Value);
    }
}
