Console.WriteLine("Pyrite");
