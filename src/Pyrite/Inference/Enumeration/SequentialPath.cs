namespace Pyrite.Inference.Enumeration;

/// <summary>Which value each sequentially enumerated site has in a run, and which come next: a walk through all choices, depth first.</summary>
internal sealed class SequentialPath
{
    /// <summary>The most runs.</summary>
    private const int MostRuns = 1 << 14;

    private readonly List<(string Name, int Choice, int Count)> choices = [];
    private int met;
    private int runs;

    /// <summary>The choices of the run, in the order of the sites.</summary>
    public IReadOnlyList<(string Name, int Choice, int Count)> Choices => choices;

    /// <summary>A run begins.</summary>
    public void Begin() => met = 0;

    /// <summary>The choice of the next site.</summary>
    public int Next(string name, int count)
    {
        if (met == choices.Count)
        {
            choices.Add((name, 0, count));
        }
        if (choices[met].Name != name || choices[met].Count != count)
        {
            throw new ModelException(ModelError.EnumerationImpossible, name,
                $"the model runs once for each value of its sequential sites, and came here where it had \"{choices[met].Name}\" before. A "
                    + "model must be "
                    + "the same in every run, but for what the values decide.");
        }
        return choices[met++].Choice;
    }

    /// <summary>Goes to the choices of the next run; false after the last one.</summary>
    public bool Advance()
    {
        while (choices.Count > 0 && choices[^1].Choice + 1 == choices[^1].Count)
        {
            choices.RemoveAt(choices.Count - 1);
        }
        if (choices.Count == 0)
        {
            return false;
        }
        choices[^1] = choices[^1] with { Choice = choices[^1].Choice + 1 };
        return ++runs < MostRuns ? true : throw new ModelException(ModelError.EnumerationTooCostly, choices[^1].Name,
            $"more than {MostRuns} runs of the model would be needed for all values of its sequential sites. Leave options: Enumerate.Sequential out "
                + "where the model does not read the value.");
    }
}
