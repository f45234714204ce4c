using Pyrite.Benchmarks;


return BenchmarkRegistry.Run(args, Console.Out, Console.Error);
