namespace Pyrite.Handlers;

/// <summary>The handlers of a thread, outermost first: the only ambient state of the language.</summary>
internal static class HandlerStack
{
    [ThreadStatic]
    private static List<Handler>? handlers;

    /// <summary>Makes a handler the innermost one.</summary>
    public static HandlerScope Push(Handler handler)
    {
        List<Handler> stack = handlers ??= [];
        HandlerScope scope = new(stack.Count);
        stack.Add(handler);
        return scope;
    }

    /// <summary>Drops all handlers above a depth.</summary>
    public static void Restore(int depth)
    {
        if (handlers is not null && handlers.Count > depth)
        {
            handlers.RemoveRange(depth, handlers.Count - depth);
        }
    }

    /// <summary>Sends a site outwards through the handlers, lets its default action happen, and brings it back.</summary>
    public static void Apply(Site site)
    {
        List<Handler>? stack = handlers;
        int top = stack?.Count ?? 0;
        int reached = top;
        while (reached > 0 && !site.IsHidden)
        {
            site.Before(stack![--reached]);
        }
        site.IsHidden = false;
        site.ApplyDefault();
        for (; reached < top; reached++)
        {
            site.After(stack![reached]);
        }
    }

    /// <summary>The batch dimensions that open plates use.</summary>
    public static IEnumerable<PlateHandler> OpenPlates => (handlers ?? []).OfType<PlateHandler>();
}
