using Pyrite.Benchmarks;

RunTimeCodeOption.Apply(args);
return BenchmarkRegistry.Run(args, Console.Out, Console.Error);
