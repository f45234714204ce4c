namespace Pyrite.Tests;

/// <summary>Runs that go wrong: the second argument is the rank that does, where there is one.</summary>
public static class FailingRuns
{
    public static int Run(Cluster cluster, string[] arguments)
    {
        int culprit = arguments.Length > 1 ? int.Parse(arguments[1], null) : -1;
        cluster.Barrier("the first step");
        switch (arguments[0])
        {
            case "throw" when culprit < 0 || culprit == cluster.Rank:
                throw new InvalidOperationException($"on purpose, on rank {cluster.Rank}");
            case "exit" when culprit == cluster.Rank:
                Environment.Exit(int.Parse(arguments[2], null));
                break;
            case "return" when culprit == cluster.Rank:
                return int.Parse(arguments[2], null);
            case "skip" when culprit == cluster.Rank:
                cluster.Barrier("the third step");
                break;
            case "unequal":
                cluster.Sum(new double[culprit == cluster.Rank ? 8 : 7], "numbers of the second step");
                break;
            case "sleep" when culprit == cluster.Rank:
                Thread.Sleep(TimeSpan.FromMinutes(2));
                break;
        }
        cluster.Barrier("the second step");
        return 0;
    }
}
