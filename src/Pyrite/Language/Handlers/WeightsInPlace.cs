namespace Pyrite.Language.Handlers;

/// <summary>The values that the handlers of a thread have given to parameters of networks, each until its handler is dropped.</summary>
internal sealed class WeightsInPlace
{
    private readonly List<(List<Handler> Stack, int Depth, IReadOnlyDictionary<Parameter, Tensor> Values)> given = [];

    /// <summary>Puts values in place.</summary>
    /// <param name="stack">The list that the handler stands in; a handler at work that opens scopes has one of its own.</param>
    /// <param name="depth">The handler's place.</param>
    /// <param name="values">Parameters and what they stand for.</param>
    public void Begin(List<Handler> stack, int depth, IReadOnlyDictionary<Parameter, Tensor> values)
    {
        given.Add((stack, depth, values));
        Apply();
    }

    /// <summary>Takes back what the handlers of a list from a depth on have given.</summary>
    public void End(List<Handler> stack, int depth)
    {
        if (given.RemoveAll(entry => ReferenceEquals(entry.Stack, stack) && entry.Depth >= depth) > 0)
        {
            Apply();
        }
    }

    private void Apply()
    {
        if (given.Count == 0)
        {
            ParameterSubstitution.Standing = null;
            return;
        }
        Dictionary<Parameter, Tensor> all = [];
        foreach ((List<Handler> _, int _, IReadOnlyDictionary<Parameter, Tensor> values) in given)
        {
            foreach ((Parameter parameter, Tensor value) in values)
            {
                all[parameter] = value;
            }
        }
        ParameterSubstitution.Standing = all;
    }
}
