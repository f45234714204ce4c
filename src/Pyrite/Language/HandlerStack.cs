using Pyrite.Language.Handlers;
using Pyrite.Language.Plates;

namespace Pyrite.Language;

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
        if (list.Handlers.Count > 0 && !list.IsBeginning && Task.CurrentId != list.Context.Task)
        {
            RefuseTask(list, (handler as PlateHandler)?.Frame.Name, handler is PlateHandler ? "a plate" : $"a scope of {handler.GetType().Name}");
        }
        if (list.Reach != list.Handlers.Count)
        {
            // A handler at work opens a scope of its own: it stands outside of that handler, and must not disturb those further in.
            list.Handlers = list.Handlers.GetRange(0, list.Reach);
            list.IsSplit = true;
        }
        HandlerScope scope = new(list.Handlers.Count);
        if (list.Handlers.Count == 0)
        {
            if (!list.IsBeginning)
            {
                RequireOwnThread(list, (handler as PlateHandler)?.Frame.Name,
                    handler is PlateHandler ? "a plate" : $"a scope of {handler.GetType().Name}");
            }
            list.Context.Enter();
        }
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
            if (!list.IsSplit && !list.IsNested && list.Context.IsOpen)
            {
                list.Context.Leave();
            }
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
            RequireOwnThread(list, site.Name, "the statement");
            site.ApplyDefault();
            return;
        }
        if (Task.CurrentId != list.Context.Task)
        {
            RefuseTask(list, site.Name, "the statement");
        }
        List<Handler> handlers = list.Handlers;
        try
        {
            int outermost = GoOut(list, handlers, site, top);
            site.ApplyDefault();
            ComeBack(list, handlers, site, outermost, top);
        }
        finally
        {
            list.Handlers = handlers;
            list.Reach = top;
            list.IsSplit = false;
        }
    }

    /// <summary>Sends several sites outwards, lets their values be decided together, and brings them back.</summary>
    /// <param name="sites">The sites, in order.</param>
    /// <param name="decide">Decides the values that no handler has given; it meets the same handlers.</param>
    public static void ApplyTogether(IReadOnlyList<Site> sites, Action decide)
    {
        HandlerList list = Current;
        int top = list.Reach;
        List<Handler> handlers = list.Handlers;
        if (sites.Count > 0 && top == 0)
        {
            RequireOwnThread(list, sites[0].Name, "the statement");
        }
        else if (sites.Count > 0 && Task.CurrentId != list.Context.Task)
        {
            RefuseTask(list, sites[0].Name, "the statement");
        }
        try
        {
            int[] outermost = [.. sites.Select(site => GoOut(list, handlers, site, top))];
            list.Handlers = handlers;
            list.Reach = top;
            list.IsSplit = false;
            decide();
            list.Handlers = handlers;
            for (int i = 0; i < sites.Count; i++)
            {
                ComeBack(list, handlers, sites[i], outermost[i], top);
            }
        }
        finally
        {
            list.Handlers = handlers;
            list.Reach = top;
            list.IsSplit = false;
        }
    }

    /// <summary>Asks the handlers what becomes of a latent site, from the innermost outwards; nothing is stated.</summary>
    /// <param name="site">Stands for the site, and gets its value where a handler gives one.</param>
    /// <returns>What it is drawn by instead; null for nothing.</returns>
    public static Reparameterization? Probe(SampleSite site)
    {
        HandlerList list = Current;
        for (int i = list.Reach - 1; i >= 0 && !site.HasValue; i--)
        {
            if (list.Handlers[i].Probe(site) is { } strategy)
            {
                return strategy;
            }
        }
        return null;
    }

    /// <summary>Whether a tensor stands for many values at once, because a handler sums sites out.</summary>
    public static bool IsLifted(Tensor value) => Current.Handlers.Take(Current.Reach).Any(handler => handler.IsLifted(value));

    private static int GoOut(HandlerList list, List<Handler> handlers, Site site, int top)
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
        return outermost;
    }

    private static void ComeBack(HandlerList list, List<Handler> handlers, Site site, int outermost, int top)
    {
        for (int i = outermost; i < top; i++)
        {
            list.Reach = i;
            site.After(handlers[i]);
        }
    }

    /// <summary>Begins a run of a model or guide; inside of another run it has a stack of its own, so that neither sees the other's sites.</summary>
    /// <param name="isPart">Whether it is a part of the run around, which sees what it is shown.</param>
    public static RunScope BeginRun(bool isPart = false)
    {
        HandlerList list = Current;
        list.Context.Token?.RequireNoTrespass();
        list.Context.HasRun = true;
        if (list.Runs == 0 || isPart)
        {
            list.Runs++;
            list.IsBeginning = true;
            return new RunScope(null);
        }
        RunState around = new(list.Handlers, list.Reach, list.EnteredAxes, list.Weights, list.Runs, list.IsNested, list.Context.Task);
        list.Context.Task = Task.CurrentId;
        (list.Handlers, list.Reach, list.EnteredAxes, list.Weights, list.Runs, list.IsNested) = ([], 0, [], null, 1, true);
        list.IsBeginning = true;
        return new RunScope(around);
    }

    /// <summary>The handlers of the run have been entered: what the model opens from here on must be on this thread.</summary>
    public static void RunIsBegun() => Current.IsBeginning = false;

    /// <summary>Refuses a run of whose statements one was made on another thread.</summary>
    public static void RequireNoTrespass() => Current.Context.Token?.RequireNoTrespass();

    /// <summary>Drops what <see cref="RequireNoTrespass"/> would refuse.</summary>
    public static void ForgetTrespass() => Current.Context.Token?.ForgetTrespass();

    /// <summary>Refuses what is done for a run on a thread that does not own it.</summary>
    public static void RequireOwnThread(string? site, string what) => RequireOwnThread(Current, site, what);

    /// <summary>Ends a run.</summary>
    public static void EndRun(RunState? around)
    {
        HandlerList list = Current;
        list.IsBeginning = false;
        if (around is null)
        {
            list.Runs--;
            return;
        }
        (list.Handlers, list.Reach, list.EnteredAxes, list.Weights, list.Runs, list.IsNested) =
            (around.Handlers, around.Reach, around.EnteredAxes, around.Weights, around.Runs, around.IsNested);
        list.Context.Task = around.Task;
    }

    private static void RequireOwnThread(HandlerList list, string? site, string what)
    {
        if (!list.Context.IsOpen && RunToken.Current is { } token)
        {
            token.Refuse(site, what);
        }
        else if (list.Context.IsOpen && Task.CurrentId != list.Context.Task)
        {
            RefuseTask(list, site, what);
        }
    }

    /// <summary>A task that is waited for may run on the thread of the run, or on another one, as it happens.</summary>
    private static void RefuseTask(HandlerList list, string? site, string what) =>
        (list.Context.Token ?? new RunToken()).Refuse(site, what, isTask: true);

    /// <summary>A thread's handlers, and how many of them a new statement reaches.</summary>
    private sealed class HandlerList
    {
        public List<Handler> Handlers { get; set; } = [];

        public int Reach { get; set; }

        public List<PlateAxis> EnteredAxes { get; set; } = [];

        public WeightsInPlace? Weights { get; set; }

        /// <summary>Shows other threads that a run is open here.</summary>
        public RunContext Context { get; } = new();

        /// <summary>How many runs are open, one being a part of the other.</summary>
        public int Runs { get; set; }

        /// <summary>Whether a run is entering its handlers.</summary>
        public bool IsBeginning { get; set; }

        /// <summary>Whether a handler at work has opened a scope of its own, in a list of its own.</summary>
        public bool IsSplit { get; set; }

        /// <summary>Whether the run has another one around it.</summary>
        public bool IsNested { get; set; }
    }
}
