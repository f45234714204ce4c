namespace Pyrite;

/// <summary>What the entries of a site's events are called, as the names of predictors: draws, summaries and plots then say
/// <c>beta[dose]</c>.</summary>
/// <remarks>An option of a site. Where a handler gives the site events of another shape, as a reparameterization may, they go without
/// names.</remarks>
public sealed class EventNames
{
    /// <summary>Names the entries along the axes of an event.</summary>
    /// <param name="axes">One list of names, for every event axis of as many entries (both of a covariance); or one for each event axis.</param>
    /// <exception cref="ArgumentException">There is no list, or a list has a name twice or an empty one.</exception>
    public EventNames(params IReadOnlyList<string>[] axes)
    {
        ArgumentNullException.ThrowIfNull(axes);
        if (axes.Length == 0)
        {
            throw new ArgumentException("Names of events need at least one list of names; found none.", nameof(axes));
        }
        foreach (IReadOnlyList<string> names in axes)
        {
            ArgumentNullException.ThrowIfNull(names, nameof(axes));
            if (Language.Sites.EntryNames.Fault(names) is { } fault)
            {
                throw new ArgumentException($"Names of entries must differ and not be empty; {fault}. Give each entry a name of its own.",
                    nameof(axes));
            }
        }
        Axes = [.. axes];
    }

    /// <summary>Names of the events of all rounds of a loop over time.</summary>
    /// <param name="firstAxis">What the axis of time is called; null for a number.</param>
    /// <param name="entries">What the rounds are called; null for numbers.</param>
    /// <param name="ofRound">The names of a round's events.</param>
    internal EventNames(string? firstAxis, IReadOnlyList<string>? entries, EventNames? ofRound)
    {
        (FirstAxis, OfRound, IsOverTime, Axes) = (firstAxis, ofRound, true, entries is null ? [] : [entries]);
    }

    /// <summary>What the first axis of the events is called; null where it has a number.</summary>
    internal string? FirstAxis { get; }

    private EventNames? OfRound { get; }

    private bool IsOverTime { get; }

    /// <summary>The names, by axis, or one list for every axis of as many entries.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Axes { get; }

    /// <summary>What the entries along an axis of events are called; null where they have numbers only.</summary>
    internal IReadOnlyList<string>? Along(Shape events, int axis)
    {
        if (IsOverTime && axis > 0)
        {
            return OfRound?.Along(events[1..], axis - 1);
        }
        if (IsOverTime && Axes.Count == 0)
        {
            return null;
        }
        IReadOnlyList<string>? names = Axes.Count == 1 ? Axes[0] : Axes.Count == events.Rank ? Axes[axis] : null;
        return names?.Count == events[axis] ? names : null;
    }

    /// <summary>Refuses names that no axis of a statement's events has.</summary>
    internal void Require(string site, Shape events)
    {
        bool suits = Axes.Count == 1 ? events.Sizes.Contains(Axes[0].Count)
            : Axes.Count == events.Rank && Enumerable.Range(0, events.Rank).All(axis => Axes[axis].Count == events[axis]);
        if (!suits)
        {
            throw new ModelException(ModelError.EntryNames, site,
                $"its events have shape {events}, but {string.Join(" and ", Axes.Select(axis => $"{axis.Count}"))} names were given for their "
                    + "entries. Give one name for each entry of an event axis; entries of a batch are named by the plate around them.");
        }
    }
}
