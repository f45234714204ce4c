namespace Pyrite.Handlers;

/// <summary>The handlers of a thread, outermost first: the only ambient state of the language.</summary>
internal static class HandlerStack
{
    [ThreadStatic]
    private static HandlerList? current;

    /// <summary>Whether no handler is active.</summary>
    public static bool IsEmpty => Current.Handlers.Count == 0;

    /// <summary>The kept plates entered in the present run: since a trace began, or since the stack was empty.</summary>
    public static List<PlateAxis> EnteredAxes
    {
        get => Current.EnteredAxes;
        set => Current.EnteredAxes = value;
    }

    private static HandlerList Current => current ??= new HandlerList();

    /// <summary>How many handlers are active.</summary>
    public static int Depth => Current.Handlers.Count;

    /// <summary>The outermost handler above a depth, if there is one.</summary>
    public static Handler? Above(int depth) => Current.Handlers.Count > depth ? Current.Handlers[depth] : null;

    /// <summary>Makes a handler the innermost one.</summary>
    public static HandlerScope Push(Handler handler)
    {
        HandlerList list = Current;
        if (list.Reach != list.Handlers.Count)
        {
            // A handler at work opens a scope of its own: it stands outside of that handler, and must not disturb those further in.
            list.Handlers = list.Handlers.GetRange(0, list.Reach);
        }
        HandlerScope scope = new(list.Handlers.Count);
        list.Handlers.Add(handler);
        list.Reach = list.Handlers.Count;
        return scope;
    }

    /// <summary>The open plate of a name, if there is one.</summary>
    public static PlateHandler? FindPlate(string name)
    {
        HandlerList list = Current;
        for (int i = 0; i < list.Reach; i++)
        {
            if (list.Handlers[i] is PlateHandler plate && plate.Frame.Name == name)
            {
                return plate;
            }
        }
        return null;
    }

    /// <summary>The open vectorized plate at a batch dimension, if there is one.</summary>
    public static PlateHandler? FindPlate(int dimension)
    {
        HandlerList list = Current;
        for (int i = 0; i < list.Reach; i++)
        {
            if (list.Handlers[i] is PlateHandler { Frame.IsVectorized: true } plate && plate.Frame.Dimension == dimension)
            {
                return plate;
            }
        }
        return null;
    }

    /// <summary>The innermost handler of a type, if there is one.</summary>
    public static THandler? FindInnermost<THandler>() where THandler : Handler
    {
        HandlerList list = Current;
        for (int i = list.Reach - 1; i >= 0; i--)
        {
            if (list.Handlers[i] is THandler handler)
            {
                return handler;
            }
        }
        return null;
    }

    /// <summary>The plates that are open, outermost first.</summary>
    public static IEnumerable<PlateHandler> OpenPlates() => Current.Handlers.Take(Current.Reach).OfType<PlateHandler>();

    /// <summary>A scope without a handler of its own, which ends those opened inside.</summary>
    public static HandlerScope Mark() => new(Current.Reach);

    /// <summary>Drops all handlers above a depth.</summary>
    public static void Restore(int depth)
    {
        HandlerList list = Current;
        if (list.Handlers.Count > depth)
        {
            list.Handlers.RemoveRange(depth, list.Handlers.Count - depth);
            list.Reach = depth;
            list.Weights?.End(list.Handlers, depth);
        }
        if (depth == 0)
        {
            list.EnteredAxes.Clear();
        }
    }

    /// <summary>Lets parameters of networks stand for other values until the handler at work is dropped.</summary>
    public static void Substitute(IReadOnlyDictionary<Parameter, Tensor> values)
    {
        HandlerList list = Current;
        (list.Weights ??= new WeightsInPlace()).Begin(list.Handlers, list.Reach, values);
    }

    /// <summary>Sends a site outwards through the handlers, lets its default action happen, and brings it back.</summary>
    /// <remarks>What a handler states while it sees the site starts outside of that handler, so that it never meets itself.</remarks>
    public static void Apply(Site site)
    {
        HandlerList list = Current;
        int top = list.Reach;
        if (top == 0)
        {
            site.ApplyDefault();
            return;
        }
        List<Handler> handlers = list.Handlers;
        try
        {
            int outermost = top;
            for (int i = top - 1; i >= 0; i--)
            {
                if (!site.IsHidden)
                {
                    outermost = i;
                }
                else if (!handlers[i].SeesHiddenSites)
                {
                    continue;
                }
                list.Reach = i;
                site.Before(handlers[i]);
            }
            site.IsHidden = false;
            site.ApplyDefault();
            for (int i = outermost; i < top; i++)
            {
                list.Reach = i;
                site.After(handlers[i]);
            }
        }
        finally
        {
            list.Handlers = handlers;
            list.Reach = top;
        }
    }

    /// <summary>A thread's handlers, and how many of them a new statement reaches.</summary>
    private sealed class HandlerList
    {
        public List<Handler> Handlers { get; set; } = [];

        public int Reach { get; set; }

        public List<PlateAxis> EnteredAxes { get; set; } = [];

        public WeightsInPlace? Weights { get; set; }
    }
}
