namespace Pyrite.Language;

/// <summary>Errors of work that a model has given to other threads, which come back wrapped.</summary>
internal static class ForeignThread
{
    /// <summary>The refusal of a statement or a tensor on a thread that the run does not own, if an error is one or holds one; else null.</summary>
    /// <param name="failure">What the model threw.</param>
    /// <param name="trace">The run so far.</param>
    public static ModelException? Refusal(Exception failure, Trace trace)
    {
        for (Exception? inner = failure; inner is not null; inner = inner.InnerException)
        {
            if (inner is AggregateException all)
            {
                foreach (Exception one in all.Flatten().InnerExceptions)
                {
                    if (Refusal(one, trace) is { } found)
                    {
                        return found;
                    }
                }
            }
            switch (inner)
            {
                case ModelException { Kind: ModelError.StatementOnOtherThread } refusal:
                    // The run is refused by this exception; it need not be refused once more at its end.
                    HandlerStack.ForgetTrespass();
                    return refusal;
                case StepThreadException tensor:
                    string? site = trace.SiteList.Count == 0 ? null : trace.SiteList[^1].Name;
                    return new ModelException(ModelError.StatementOnOtherThread, site,
                        site is null
                            ? $"Before its first site the model gave work to another thread. {tensor.Message}"
                            : $"after it the model gave work to another thread. {tensor.Message}", tensor);
            }
        }
        return null;
    }
}
